"""For community and street: the community's own assessment of its company (E15)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Response
from sqlmodel import col

from services.survey.deed import DeedDep
from services.survey.evaluations.commands.assessing import confirm, enter, send_back, void
from services.survey.evaluations.guards import (
    AssessmentToDecide,
    AssessmentToRead,
    AssessorDeed,
    ConfirmerDeed,
    GroundDep,
)
from services.survey.evaluations.queries import assessments_of, page_of
from services.survey.evaluations.schemas import AssessmentIn, AssessmentOut, FormOut, ReasonIn
from services.survey.evaluations.tables import CommunityAssessment
from services.survey.evaluations.views import form_out
from shared.web.dependencies import CurrentActor, CurrentRuntime, Now
from shared.web.once import Once, OnceDep
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/community-assessments", tags=["evaluations"])


@router.get("/form")
async def show_form(_: CurrentActor, runtime: CurrentRuntime, now: Now) -> FormOut:
    """The indicators that are asked for now."""
    return form_out(runtime.rulebooks.in_force_at(now))


@router.get("")
async def list_assessments(deed: DeedDep, page: Paging) -> Page[AssessmentOut]:
    """Of your place, newest first."""
    mine = assessments_of(deed.actor)
    found = await page_of(deed.session, mine, col(CommunityAssessment.id), page)
    shown, following = page.cut(found, lambda row: (row.id,))
    return Page(items=list(map(AssessmentOut.model_validate, shown)), next=following)


@router.post("", status_code=201, response_model=AssessmentOut)
async def enter_assessment(
    ground: GroundDep, body: AssessmentIn, deed: AssessorDeed, once: OnceDep
) -> Response:
    """By the grid leader, of the company that served the estate on the day; once per half-year."""

    async def work() -> AssessmentOut:
        entered = await enter(deed, ground.estate, ground.place, body)
        return AssessmentOut.model_validate(entered)

    return await once.run(work)


@router.get("/{assessment_id}")
async def show_assessment(row: AssessmentToRead) -> AssessmentOut:
    """The marks of the community, and whether its street has confirmed them."""
    return AssessmentOut.model_validate(row)


@router.post("/{assessment_id}/confirmation", response_model=AssessmentOut)
async def confirm_assessment(
    row: AssessmentToDecide, deed: ConfirmerDeed, once: OnceDep
) -> Response:
    """By the street, another person than who entered it; from now on it counts."""
    return await _done(once, row, lambda: confirm(deed, row))


@router.post("/{assessment_id}/return", response_model=AssessmentOut)
async def return_assessment(
    row: AssessmentToDecide, body: ReasonIn, deed: ConfirmerDeed, once: OnceDep
) -> Response:
    """It counts for nothing; the community may enter it anew."""
    return await _done(once, row, lambda: send_back(deed, row, body.reason))


@router.post("/{assessment_id}/voiding", response_model=AssessmentOut)
async def void_assessment(
    row: AssessmentToDecide, body: ReasonIn, deed: ConfirmerDeed, once: OnceDep
) -> Response:
    """Takes back what was confirmed; a published evaluation changes with its next edition."""
    return await _done(once, row, lambda: void(deed, row, body.reason))


async def _done(
    once: Once, row: CommunityAssessment, command: Callable[[], Awaitable[None]]
) -> Response:
    async def work() -> AssessmentOut:
        await command()
        return AssessmentOut.model_validate(row)

    return await once.run(work, status=200)
