"""The credit file of companies."""

from __future__ import annotations

from fastapi import APIRouter

from services.survey.credit.queries import page_of_entries
from services.survey.credit.schemas import CreditEntryOut
from shared.web.dependencies import CurrentActor, SessionDep
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/credit-entries", tags=["credit"])


@router.get("")
async def list_entries(
    actor: CurrentActor, session: SessionDep, page: Paging
) -> Page[CreditEntryOut]:
    """Published scores of the companies of your place, or of your own; newest first (E06)."""
    found = await page_of_entries(session, actor, page)
    shown, following = page.cut(found, lambda entry: (entry.id,))
    items = [CreditEntryOut.model_validate(entry) for entry in shown]
    return Page(items=items, next=following)
