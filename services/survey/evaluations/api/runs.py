"""For housing bureau and centre: a half-year from draft to publication (E15, E16)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Response
from sqlmodel import col

from services.survey.deed import Deed, DeedDep
from services.survey.evaluations.commands.publishing import publish_run
from services.survey.evaluations.commands.running import approve, discard, draft
from services.survey.evaluations.guards import RunnerDeed, RunToDecide, RunToRead
from services.survey.evaluations.queries import page_of, results_of, runs_of
from services.survey.evaluations.run_schemas import ResultDetail, RunIn, RunOut
from services.survey.evaluations.schemas import ReasonIn
from services.survey.evaluations.tables import EvaluationResult, EvaluationRun
from services.survey.evaluations.views import result_details, run_out, runs_out
from shared.web.once import Once, OnceDep
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/evaluation-runs", tags=["evaluations"])


@router.get("")
async def list_runs(deed: DeedDep, page: Paging) -> Page[RunOut]:
    """Published ones of your place, and drafts where you run evaluations; newest first."""
    found = await page_of(deed.session, runs_of(deed.actor), col(EvaluationRun.id), page)
    shown, following = page.cut(found, lambda row: (row.id,))
    return Page(items=await runs_out(deed, shown), next=following)


@router.post("", status_code=201, response_model=RunOut)
async def draft_run(body: RunIn, deed: RunnerDeed, once: OnceDep) -> Response:
    """Collects the three parts of every company and estate, after the half-year is over.

    Of a half-year that is published it is the next edition, and says what it changes.
    """

    async def work() -> RunOut:
        return await run_out(deed, await draft(deed, body))

    return await once.run(work)


@router.get("/{run_id}")
async def show_run(run: RunToRead, deed: DeedDep) -> RunOut:
    """How far the half-year is, and what this edition changes of the one before."""
    return await run_out(deed, run)


@router.get("/{run_id}/results")
async def list_results(run: RunToRead, deed: DeedDep, page: Paging) -> Page[ResultDetail]:
    """Those of your place, as collected, each with its sources."""
    mine = results_of(deed.actor, run)
    found = await page_of(deed.session, mine, col(EvaluationResult.id), page)
    shown, following = page.cut(found, lambda row: (row.id,))
    return Page(items=await result_details(deed, run, shown), next=following)


@router.post("/{run_id}/approval", response_model=RunOut)
async def approve_run(run: RunToDecide, deed: RunnerDeed, once: OnceDep) -> Response:
    """By another person than who drew it up."""
    return await _done(deed, once, run, lambda: approve(deed, run))


@router.post("/{run_id}/publication", response_model=RunOut)
async def make_public(run: RunToDecide, deed: RunnerDeed, once: OnceDep) -> Response:
    """E16: public from now on; the credit file and its consequences follow."""
    return await _done(deed, once, run, lambda: publish_run(deed, run))


@router.post("/{run_id}/discarding", response_model=RunOut)
async def discard_run(
    run: RunToDecide, body: ReasonIn, deed: RunnerDeed, once: OnceDep
) -> Response:
    """Before it is public."""
    return await _done(deed, once, run, lambda: discard(deed, run, body.reason))


async def _done(
    deed: Deed, once: Once, run: EvaluationRun, command: Callable[[], Awaitable[None]]
) -> Response:
    async def work() -> RunOut:
        await command()
        return await run_out(deed, run)

    return await once.run(work, status=200)
