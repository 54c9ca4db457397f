"""A run becomes public: events, the credit file, and what follows from it (E16, E23, U20)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from services.survey.credit.commands.consequences import draw_consequences
from services.survey.credit.commands.entering import NewEntry, enter
from services.survey.credit.commands.grading import propose_grades
from services.survey.credit.domain.sources import EntrySource
from services.survey.credit.domain.standing import Standing
from services.survey.credit.filed import Filed
from services.survey.credit.grade_queries import in_turn as in_companys_turn
from services.survey.credit.queries import entry_from
from services.survey.credit.standings import entries_about
from services.survey.deed import Deed
from services.survey.evaluations.commands.recording import in_turn, note
from services.survey.evaluations.commands.running import companies_in, rows_of
from services.survey.evaluations.domain.lifecycles import RunAction, advance
from services.survey.evaluations.domain.policies import refuse_stake
from services.survey.evaluations.domain.scoring import OWNERS
from services.survey.evaluations.revoking import refuse_revoked
from services.survey.evaluations.tables import EvaluationResult, EvaluationRun
from shared.contracts.survey import EvaluationPublished, EvaluationState
from shared.messaging import publish


async def publish_run(deed: Deed, run: EvaluationRun) -> None:
    """Runs become public one after the other, for a company serves in several counties; and in the
    turn of their companies, so that nothing is taken back meanwhile.

    Raises StakeInRun, RunNotInState or RevokedSince.
    """
    companies = await companies_in(deed, run)
    refuse_stake(deed.actor, companies)
    advance(run.state, RunAction.PUBLISH)  # before anybody is waited for
    await in_turn(deed.session, "evaluation publications")
    for company_id in sorted(companies):
        await in_companys_turn(deed.session, company_id)
    rows = await rows_of(deed, run)
    await refuse_revoked(deed, run, rows)
    run.state = advance(run.state, RunAction.PUBLISH)
    run.published_by, run.published_at = deed.actor.id, deed.at
    run.version += 1
    details = {"state": run.state, "period": run.period, "edition": run.edition}
    note(deed, "evaluation_run.published", ("evaluation_run", run.id), details, reason=run.reason)
    for row in rows:
        state = public_state(run, row)
        publish(deed.session, EvaluationPublished(evaluation=state), actor=deed.actor, at=deed.at)
        await _enter(deed, row)
        await draw_consequences(deed, state)
    await propose_grades(deed, run.period)


def public_state(run: EvaluationRun, row: EvaluationResult) -> EvaluationState:
    """Of a published run; `version` rises with the edition."""
    assert run.published_at is not None
    return EvaluationState(
        id=row.evaluation_id,
        version=run.edition,
        estate_id=row.estate_id,
        estate_name=row.estate_name,
        division=row.division,
        company_id=row.company_id,
        period=row.period,
        edition=run.edition,
        owners=row.owners,
        community=row.community_score,
        third_party=row.third_party,
        composite=row.composite,
        band=row.band,
        published_at=run.published_at,
    )


async def _enter(deed: Deed, row: EvaluationResult) -> None:
    """U20: both scores, each from its own source; a correction enters what it changes."""
    await _enter_changed(deed, row, EntrySource.EVALUATION, row.third_party, [])
    parts = [] if row.composite is None else await _parts(deed, row)
    await _enter_changed(deed, row, EntrySource.COMPOSITE, row.composite, parts)


async def _enter_changed(
    deed: Deed,
    row: EvaluationResult,
    source: EntrySource,
    score: Decimal | None,
    rests_on: Sequence[UUID],
) -> None:
    """Without a score where a correction takes it back. What was revoked is not in a run, so an
    equal score is another one.
    """
    known = await _newest(deed, row, source)
    if not _is_changed(known, score, rests_on):
        return
    new = NewEntry(
        company_id=row.company_id,
        estate_id=row.estate_id,
        division=row.division,
        community=row.community,
        source=source,
        source_id=row.id,
        period=row.period,
        score=score,
        published_at=deed.at,
        rests_on=rests_on,
    )
    await enter(deed, new)


async def _parts(deed: Deed, row: EvaluationResult) -> list[UUID]:
    """What of the composite stands in the file: owners' and third party's scores (E28)."""
    survey = UUID(row.sources[OWNERS]["id"])
    owners = await entry_from(deed.session, EntrySource.SATISFACTION_SURVEY, survey, row.estate_id)
    third = await _newest(deed, row, EntrySource.EVALUATION)
    parts = (owners, third.entry if third else None)
    return [each.id for each in parts if each is not None]


def _is_changed(known: Filed | None, score: Decimal | None, rests_on: Sequence[UUID]) -> bool:
    if known is None:
        return score is not None
    if score is not None and known.standing is Standing.REVOKED:
        return True
    return (known.entry.score, known.entry.rests_on) != (score, rests_on)


async def _newest(deed: Deed, row: EvaluationResult, source: EntrySource) -> Filed | None:
    await deed.session.flush()
    about = (row.company_id, row.estate_id, row.period)
    entries = (await entries_about(deed.session, source, [about])).get(about)
    return entries[-1] if entries else None
