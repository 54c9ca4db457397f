"""Evaluations as their readers see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any
from uuid import UUID

from sqlalchemy import Result, func, select
from sqlmodel import col

from services.survey.deed import Deed
from services.survey.evaluations.domain.absences import IN_CHINESE, Absence
from services.survey.evaluations.domain.lifecycles import RunStatus
from services.survey.evaluations.queries import published_to
from services.survey.evaluations.run_schemas import (
    AbsenceOut,
    DifferenceOut,
    EditionOut,
    EvaluationOut,
    LabelOut,
    ResultDetail,
    ResultOut,
    RunOut,
)
from services.survey.evaluations.schemas import FormOut, ImportOut, IndicatorOut
from services.survey.evaluations.standings import Standings, standings_of
from services.survey.evaluations.tables import EvaluationImport, EvaluationResult, EvaluationRun
from services.survey.surveys.domain.policies import companies_of, has_stake
from shared.identity import Actor
from shared.rulebook import Rulebook
from shared.rulebook.bands import Band

SHARED = (set(ResultOut.model_fields) & set(EvaluationResult.model_fields)) - {
    "band", "grade", "missing", "community",
}  # fmt: skip
OF_RUN = set(RunOut.model_fields) - {"evaluated", "composed", "differences"}


def import_out(row: EvaluationImport) -> ImportOut:
    columns = ("id", "made_at", "expires_at", "applied_at", "rulebook")
    return ImportOut(**{name: getattr(row, name) for name in columns}, **row.preview)


def form_out(book: Rulebook) -> FormOut:
    return FormOut(
        version=book.version,
        score_top=book.evaluation.score_top,
        indicators=[
            IndicatorOut(code=each.code, chinese=each.chinese, weight=each.weight)
            for each in book.ratings.quarterly_indicators
        ],
    )


async def run_out(deed: Deed, run: EvaluationRun) -> RunOut:
    return (await runs_out(deed, [run]))[0]


async def runs_out(deed: Deed, runs: Sequence[EvaluationRun]) -> list[RunOut]:
    counted = await _counted(deed, [run.id for run in runs])
    own = await _of_own_companies(deed)
    return [_run_out(run, own, *counted.get(run.id, (0, 0))) for run in runs]


def result_out(
    actor: Actor, book: Rulebook, row: EvaluationResult, standings: Standings
) -> ResultOut:
    """The grade is computed, not decided: the company hears of one when persons have decided."""
    grade = None if has_stake(actor, row.company_id) else row.grade
    return ResultOut(
        **{name: getattr(row, name) for name in SHARED},
        community=row.community_score,
        band=_label(book.evaluation.bands, row.band),
        grade=_label(book.credit.bands, grade),
        weights=dict(book.evaluation.composite),
        missing={part: _absence(code) for part, code in row.missing.items()},
        standings=dict(standings),
    )


async def result_details(
    deed: Deed, run: EvaluationRun, rows: Sequence[EvaluationResult]
) -> list[ResultDetail]:
    """Where the parts come from is for staff, not for the company."""
    book = deed.runtime.rulebooks.named(run.rulebook)
    public = run.state == RunStatus.PUBLISHED
    standings = await standings_of(deed.session, rows) if public else {}
    return [
        ResultDetail(
            **dict(result_out(deed.actor, book, row, standings.get(row.id, {}))),
            sources=None if has_stake(deed.actor, row.company_id) else row.sources,
        )
        for row in rows
    ]


async def evaluations_out(deed: Deed, rows: Sequence[EvaluationResult]) -> list[ResultOut]:
    found = await deed.session.execute(
        select(EvaluationRun).where(col(EvaluationRun.id).in_({row.run_id for row in rows}))
    )
    books = {run.id: deed.runtime.rulebooks.named(run.rulebook) for run in found.scalars()}
    standings = await standings_of(deed.session, rows)
    return [result_out(deed.actor, books[row.run_id], row, standings[row.id]) for row in rows]


async def evaluation_out(deed: Deed, row: EvaluationResult) -> EvaluationOut:
    run = await deed.session.get_one(EvaluationRun, row.run_id)
    mine = published_to(deed.actor).where(col(EvaluationResult.evaluation_id) == row.evaluation_id)
    rows: Result[Any] = await deed.session.execute(
        mine.with_only_columns(
            col(EvaluationRun.id).label("run_id"),
            col(EvaluationRun.edition),
            col(EvaluationRun.published_at),
            col(EvaluationRun.reason),
        ).order_by(col(EvaluationRun.edition))
    )
    editions = [EditionOut.model_validate(each) for each in rows]
    (detail,) = await result_details(deed, run, [row])
    return EvaluationOut(**dict(detail), editions=editions)


async def _of_own_companies(deed: Deed) -> AbstractSet[str]:
    """Evaluations that nobody with a stake reads in a draft (A13)."""
    own = sorted(companies_of(deed.actor))
    wanted = select(col(EvaluationResult.evaluation_id)).where(
        col(EvaluationResult.company_id).in_(own)
    )
    return {str(each) for each in (await deed.session.execute(wanted)).scalars()} if own else set()


def _run_out(run: EvaluationRun, own: AbstractSet[str], evaluated: int, composed: int) -> RunOut:
    return RunOut(
        **{name: getattr(run, name) for name in OF_RUN},
        evaluated=evaluated,
        composed=composed,
        differences=[
            DifferenceOut(**each) for each in run.differences if each["evaluation_id"] not in own
        ],
    )


async def _counted(deed: Deed, runs: Sequence[UUID]) -> Mapping[UUID, tuple[int, int]]:
    rows = await deed.session.execute(
        select(
            col(EvaluationResult.run_id),
            func.count(),
            func.count(col(EvaluationResult.composite)),
        )
        .where(col(EvaluationResult.run_id).in_(runs))
        .group_by(col(EvaluationResult.run_id))
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def _label(bands: Sequence[Band], code: str | None) -> LabelOut | None:
    found = next((each for each in bands if each.code == code), None)
    return LabelOut(code=found.code, chinese=found.chinese) if found else None


def _absence(code: str) -> AbsenceOut:
    return AbsenceOut(code=code, chinese=IN_CHINESE[Absence(code)])
