"""Appeals against entries: read by the place and the company, decided by the housing bureau."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.survey.credit.commands.appealing import decide
from services.survey.credit.guards import AppealToDecide, AppealToRead
from services.survey.credit.queries import page_of_appeals
from services.survey.credit.schemas import AppealDecisionIn, AppealOut
from services.survey.credit.views import appeal_out
from services.survey.deed import DeedDep
from shared.web.once import OnceDep
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/credit-appeals", tags=["credit"])


@router.get("")
async def list_appeals(deed: DeedDep, page: Paging) -> Page[AppealOut]:
    """Those that wait for a decision first (E28)."""
    found = await page_of_appeals(deed.session, deed.actor, page)
    shown, following = page.cut(found, lambda each: each.appeal_key)
    return Page(items=[appeal_out(deed, each) for each in shown], next=following)


@router.get("/{appeal_id}")
async def one_appeal(filed: AppealToRead, deed: DeedDep) -> AppealOut:
    """The entry that is appealed, the company's reasons, and what was decided."""
    return appeal_out(deed, filed)


@router.post("/{appeal_id}/decision", response_model=AppealOut)
async def decide_it(
    filed: AppealToDecide, body: AppealDecisionIn, deed: DeedDep, once: OnceDep
) -> Response:
    """E28: upheld, or revoked by a counter-entry; the grade is proposed anew."""

    async def work() -> AppealOut:
        return appeal_out(deed, await decide(deed, filed, body.outcome, body.reasons))

    return await once.run(work, status=200)
