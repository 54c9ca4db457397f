"""The entries of the credit file, and the dossier for a renewal."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Response

from services.survey.credit.commands.appealing import appeal
from services.survey.credit.dossiers import dossier
from services.survey.credit.guards import EntryToAppeal
from services.survey.credit.queries import page_of_entries
from services.survey.credit.schemas import AppealIn, AppealOut, CreditEntryOut, DossierOut
from services.survey.credit.views import appeal_out, entry_out
from services.survey.deed import DeedDep
from shared.web.once import OnceDep
from shared.web.paging import Page, Paging

router = APIRouter(tags=["credit"])


@router.get("/credit-entries")
async def list_entries(deed: DeedDep, page: Paging) -> Page[CreditEntryOut]:
    """Of the companies of your place, or of your own; newest first (E06, E28)."""
    found = await page_of_entries(deed.session, deed.actor, page)
    shown, following = page.cut(found, lambda each: (each.entry.id,))
    return Page(items=[entry_out(deed, each) for each in shown], next=following)


@router.post("/credit-entries/{entry_id}/appeal", status_code=201, response_model=AppealOut)
async def appeal_it(filed: EntryToAppeal, body: AppealIn, deed: DeedDep, once: OnceDep) -> Response:
    """E28: disputed (争议中) until it is decided, and not counted meanwhile."""

    async def work() -> AppealOut:
        return appeal_out(deed, await appeal(deed, filed, body.reasons))

    return await once.run(work)


@router.get("/companies/{company_id}/dossier")
async def renewal_dossier(company_id: UUID, estate_id: UUID, deed: DeedDep) -> DossierOut:
    """E11: what is known of the company in the estate when its contract is renewed."""
    return await dossier(deed, company_id, estate_id)
