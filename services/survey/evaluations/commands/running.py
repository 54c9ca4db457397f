"""A half-year of a division: collected and frozen, approved by another person (E15, E16)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from pydantic_core import to_jsonable_python
from sqlalchemy import select
from sqlmodel import col

from services.survey.copies.names import names_of_organisations
from services.survey.deed import Deed
from services.survey.evaluations.commands.recording import in_turn, note
from services.survey.evaluations.domain.composing import Bands, Composed, compose
from services.survey.evaluations.domain.editions import (
    NothingToEvaluate,
    RunUnderWay,
    differences,
    refuse_idle,
    refuse_other_levels,
    refuse_overlap,
)
from services.survey.evaluations.domain.halves import HalfYear, half_year, refuse_running
from services.survey.evaluations.domain.lifecycles import RunAction, RunStatus, advance
from services.survey.evaluations.domain.policies import (
    refuse_outside_divisions,
    refuse_same_person,
    refuse_stake,
)
from services.survey.evaluations.domain.running import CompositeNotInForce, refuse_composite_off
from services.survey.evaluations.gathering import gather, pairs_served
from services.survey.evaluations.revoking import refuse_revoked
from services.survey.evaluations.run_schemas import RunIn
from services.survey.evaluations.standings import fallen_figures, standings_of
from services.survey.evaluations.tables import EvaluationResult, EvaluationRun
from shared.ids import new_id
from shared.rulebook import NoRulebook, Rulebook


async def draft(deed: Deed, body: RunIn) -> EvaluationRun:
    """With what is known at this moment, by the rules of the half-year's last one.

    Raises NotYourDivision, RunDivisionNotPossible, PeriodUnknown, HalfYearRunning,
    CompositeNotInForce, RunUnderWay, RunOverlaps, NothingToEvaluate, StakeInRun,
    CorrectionNeedsReason or NothingToCorrect.
    """
    refuse_other_levels(body.division)
    refuse_outside_divisions(deed.actor, [body.division])
    half = half_year(body.period)
    refuse_running(half, deed.at)
    await in_turn(deed.session, f"evaluation runs {body.period}")
    before = await _edition_before(deed, body.division, body.period)
    book = _book(deed, half, before)
    composed = await _composed(deed, body, half, book)
    if not composed:
        raise NothingToEvaluate
    refuse_stake(deed.actor, {each.where.company_id for each in composed})
    run = EvaluationRun(
        id=new_id(),
        division=body.division,
        period=body.period,
        edition=before.edition + 1 if before else 1,
        corrects=before.id if before else None,
        reason=body.reason,
        differences=await _changes(deed, before, composed),
        rulebook=book.version,
        served=await pairs_served(deed.session, body.division, half),
        drafted_by=deed.actor.id,
        drafted_at=deed.at,
    )
    refuse_idle(run.corrects, run.reason, run.differences)
    deed.session.add(run)
    await deed.session.flush()
    names = await names_of_organisations(deed.session, [each.where.company_id for each in composed])
    deed.session.add_all(_row(run, each, names) for each in composed)
    _record(deed, run, "evaluation_run.drafted", run.reason)
    await deed.session.flush()
    return run


async def approve(deed: Deed, run: EvaluationRun) -> None:
    """Raises SamePerson, StakeInRun, RunNotInState or RevokedSince."""
    refuse_same_person(deed.actor, run.drafted_by)
    refuse_stake(deed.actor, await companies_in(deed, run))
    run.state = advance(run.state, RunAction.APPROVE)
    await refuse_revoked(deed, run, await rows_of(deed, run))
    run.approved_by, run.approved_at = deed.actor.id, deed.at
    _record(deed, run, "evaluation_run.approved")


async def discard(deed: Deed, run: EvaluationRun, reason: str) -> None:
    """Before it is public; another one may be drawn up. Raises StakeInRun or RunNotInState."""
    refuse_stake(deed.actor, await companies_in(deed, run))
    run.state = advance(run.state, RunAction.DISCARD)
    _record(deed, run, "evaluation_run.discarded", reason)


async def companies_in(deed: Deed, run: EvaluationRun) -> Sequence[UUID]:
    rows = await deed.session.execute(
        select(col(EvaluationResult.company_id))
        .where(col(EvaluationResult.run_id) == run.id)
        .distinct()
    )
    return rows.scalars().all()


async def rows_of(deed: Deed, run: EvaluationRun) -> Sequence[EvaluationResult]:
    rows = await deed.session.execute(
        select(EvaluationResult)
        .where(col(EvaluationResult.run_id) == run.id)
        .order_by(col(EvaluationResult.estate_id), col(EvaluationResult.company_id))
    )
    return rows.scalars().all()


async def _edition_before(deed: Deed, division: str, period: str) -> EvaluationRun | None:
    """Raises RunUnderWay or RunOverlaps."""
    rows = await deed.session.execute(
        select(EvaluationRun)
        .where(
            col(EvaluationRun.period) == period,
            col(EvaluationRun.state) != RunStatus.DISCARDED,
        )
        .order_by(col(EvaluationRun.edition))
    )
    runs = rows.scalars().all()
    refuse_overlap(division, (each.division for each in runs))
    own = [each for each in runs if each.division == division]
    if any(each.state != RunStatus.PUBLISHED for each in own):
        raise RunUnderWay
    return own[-1] if own else None


def _book(deed: Deed, half: HalfYear, before: EvaluationRun | None) -> Rulebook:
    """A correction keeps the rules of what it corrects: it explains data. Raises
    CompositeNotInForce.
    """
    shelf = deed.runtime.rulebooks
    try:
        book = shelf.named(before.rulebook) if before else shelf.in_force_at(half.last_moment)
    except NoRulebook:
        raise CompositeNotInForce from None
    refuse_composite_off(on=book.in_force("evaluation.composite", half.last_moment))
    return book


async def _composed(deed: Deed, body: RunIn, half: HalfYear, book: Rulebook) -> list[Composed]:
    rules = book.evaluation
    found = await gather(deed.session, body.division, body.period, half, rules.owner_dimension)
    bands = Bands(evaluation=rules.bands, credit=book.credit.bands, scores=book.scores)
    return compose(found, body.period, half, rules, bands)


async def _changes(
    deed: Deed, before: EvaluationRun | None, composed: Sequence[Composed]
) -> list[dict[str, Any]]:
    if before is None:
        return []
    rows = await rows_of(deed, before)
    standings = await standings_of(deed.session, rows)
    old = {each.evaluation_id: figures_of(each) for each in rows}
    fallen = {each.evaluation_id: fallen_figures(standings[each.id]) for each in rows}
    return differences(old, {each.id: each.figures() for each in composed}, fallen)


def figures_of(row: EvaluationResult) -> Mapping[str, str | None]:
    """By the names that a run compares."""
    told = {
        "owners": row.owners,
        "community": row.community_score,
        "third_party": row.third_party,
        "composite": row.composite,
        "band": row.band,
        "grade": row.grade,
    }
    return {name: None if value is None else str(value) for name, value in told.items()}


def _row(run: EvaluationRun, each: Composed, names: Mapping[UUID, str]) -> EvaluationResult:
    return EvaluationResult(
        id=new_id(),
        run_id=run.id,
        evaluation_id=each.id,
        **asdict(each.where),
        company_name=names.get(each.where.company_id),
        period=run.period,
        owners=each.scores["owners"],
        community_score=each.scores["community"],
        third_party=each.scores["third_party"],
        composite=each.composite,
        band=each.band,
        grade=each.grade,
        owners_weight=each.owners_weight,
        missing=dict(each.missing),
        sources=_sources(each),
    )


def _sources(each: Composed) -> dict[str, Any]:
    """Which survey, assessment and import, each in which version."""
    parts = {"owners": each.owners, "community": each.community, "third_party": each.third_party}
    told: dict[str, Any] = {}
    for name, part in parts.items():
        if part is not None:
            fields = asdict(part)
            fields.pop("where")
            told[name] = to_jsonable_python(fields)
    return told | {"same_figures": each.same_figures}


def _record(deed: Deed, run: EvaluationRun, action: str, reason: str | None = None) -> None:
    run.version += 1
    details = {
        "state": run.state,
        "division": run.division,
        "period": run.period,
        "edition": run.edition,
    }
    note(deed, action, ("evaluation_run", run.id), details, reason=reason)
