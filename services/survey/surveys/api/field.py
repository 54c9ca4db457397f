"""For grid workers: which doors to knock at, and what came of it (E02)."""

from __future__ import annotations

from fastapi import APIRouter

from services.survey.deed import DeedDep
from services.survey.surveys.commands.syncing import take_visits
from services.survey.surveys.guards import SurveyToVisit, VisitorDep
from services.survey.surveys.queries import page_of_households
from services.survey.surveys.views import household_out
from services.survey.surveys.visit_schemas import HouseholdOut, ReceiptsOut, VisitsIn
from shared.web.dependencies import CurrentRuntime
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/surveys", tags=["surveys"])


@router.post("/visits")
async def take_batch(body: VisitsIn, actor: VisitorDep, runtime: CurrentRuntime) -> ReceiptsOut:
    """Takes visits made with or without a network, in any order and as often as they are sent.

    Each has its own transaction: when the connection breaks in the middle, send the same batch
    again. The ids of the visits are what makes them happen once; there is no Idempotency-Key.
    """
    receipts = await take_visits(runtime, actor, body.visits)
    return ReceiptsOut(now=runtime.clock.now(), receipts=receipts)


@router.get("/{survey_id}/households")
async def list_households(survey: SurveyToVisit, deed: DeedDep, page: Paging) -> Page[HouseholdOut]:
    """The doors in your grids or places, in the order in which one walks past them."""
    found = await page_of_households(deed.session, deed.actor, survey.id, page)
    shown, following = page.cut(found, lambda row: (row.building, row.unit, row.room, row.house_id))
    tries = deed.runtime.rulebooks.named(survey.rulebook).survey.tries_before_not_reached
    return Page(items=[household_out(each, tries) for each in shown], next=following)
