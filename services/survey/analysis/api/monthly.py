"""The monthly analysis (月度研判): read, given measures, concluded (C08). Never public."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Response

from services.survey.analysis.commands import working
from services.survey.analysis.commands.working import Plan
from services.survey.analysis.guards import (
    AnalysisToCarryOut,
    AnalysisToConvene,
    AnalysisToRead,
    MeasureToChange,
    MeasureToComplete,
)
from services.survey.analysis.monthly import page_of_analyses
from services.survey.analysis.monthly_schemas import (
    ConclusionIn,
    MeasureIn,
    MonthlyAnalysisDetail,
    MonthlyAnalysisOut,
    ProofIn,
)
from services.survey.analysis.monthly_views import analysis_detail, analysis_out
from services.survey.analysis.tables import MonthlyAnalysis
from services.survey.deed import Deed, DeedDep
from shared.web.once import Once, OnceDep
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/monthly-analyses", tags=["analysis"])


@router.get("")
async def list_analyses(deed: DeedDep, page: Paging) -> Page[MonthlyAnalysisOut]:
    """Of your place, and those with a measure of yours; newest first."""
    found = await page_of_analyses(deed.session, deed.actor, page)
    shown, following = page.cut(found, lambda each: (each.id,))
    return Page(items=[analysis_out(each) for each in shown], next=following)


@router.get("/{analysis_id}")
async def show_analysis(analysis: AnalysisToRead, deed: DeedDep) -> MonthlyAnalysisDetail:
    """The month's findings, the measures drawn from them, and what the meeting came to."""
    return await analysis_detail(deed, analysis)


@router.post("/{analysis_id}/measures", status_code=201, response_model=MonthlyAnalysisDetail)
async def add_measure(
    analysis: AnalysisToConvene, body: MeasureIn, deed: DeedDep, once: OnceDep
) -> Response:
    """What is to be done, until when and, best at once, by whom."""
    return await _done(deed, once, analysis, lambda: working.add(deed, analysis, _plan(body)))


@router.put("/{analysis_id}/measures/{measure_id}")
async def change_measure(
    analysis: AnalysisToConvene, measure: MeasureToChange, body: MeasureIn, deed: DeedDep
) -> MonthlyAnalysisDetail:
    """As a whole, until the report is concluded."""
    await working.change(deed, analysis, measure, _plan(body))
    return await analysis_detail(deed, analysis)


@router.post(
    "/{analysis_id}/measures/{measure_id}/completion",
    status_code=201,
    response_model=MonthlyAnalysisDetail,
)
async def complete_measure(
    analysis: AnalysisToCarryOut,
    measure: MeasureToComplete,
    body: ProofIn,
    deed: DeedDep,
    once: OnceDep,
) -> Response:
    """By its owner, or who convenes; with a note that proves it."""
    return await _done(
        deed, once, analysis, lambda: working.complete(deed, analysis, measure, body.proof)
    )


@router.post("/{analysis_id}/conclusion", status_code=201, response_model=MonthlyAnalysisDetail)
async def conclude(
    analysis: AnalysisToConvene, body: ConclusionIn, deed: DeedDep, once: OnceDep
) -> Response:
    """C08: with at least one measure, and every measure with an owner."""
    return await _done(
        deed,
        once,
        analysis,
        lambda: working.conclude(deed, analysis, body.held_on, body.conclusion),
    )


def _plan(body: MeasureIn) -> Plan:
    owner = body.owner
    return Plan(
        action=body.action,
        owner_organisation_id=owner.organisation_id if owner else None,
        owner_id=owner.person_id if owner else None,
        due_on=body.due_on,
    )


async def _done(
    deed: Deed, once: Once, analysis: MonthlyAnalysis, command: Callable[[], Awaitable[object]]
) -> Response:
    async def work() -> MonthlyAnalysisDetail:
        await command()
        return await analysis_detail(deed, analysis)

    return await once.run(work)
