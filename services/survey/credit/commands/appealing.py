"""A company appeals an entry, the housing bureau decides; nothing is deleted (E28)."""

from __future__ import annotations

from dataclasses import replace

from services.survey.credit.commands.consequences import review_after_decision
from services.survey.credit.commands.entering import NewEntry, add_entry
from services.survey.credit.commands.grading import regrade
from services.survey.credit.domain.appeals import appeal_until, refuse_appeal
from services.survey.credit.domain.sources import EntrySource
from services.survey.credit.domain.standing import (
    DECISIONS,
    Outcome,
    StandingAction,
    advance,
)
from services.survey.credit.filed import Filed
from services.survey.credit.grade_queries import in_turn
from services.survey.credit.queries import half_years_graded_by
from services.survey.credit.tables import CreditAppeal, CreditAppealDecision, CreditEntry
from services.survey.deed import Deed
from shared.audit import append
from shared.ids import new_id


async def appeal(deed: Deed, filed: Filed, reasons: str) -> Filed:
    """From now on the entry is disputed, and neither it nor what rests on it counts for a grade.

    Raises EntryStandingForbids, NothingToAppeal or AppealTooLate.
    """
    entry = filed.entry
    rules = deed.runtime.rulebooks.in_force_at(deed.at).credit
    until = appeal_until(entry.recorded_at, rules.appeal_days)
    refuse_appeal(entry.effect, entry.score, until, deed.at)
    advance(filed.own, StandingAction.APPEAL)
    row = CreditAppeal(
        id=new_id(), entry_id=entry.id, reasons=reasons, filed_at=deed.at, filed_by=deed.actor.id
    )
    deed.session.add(row)
    _note(deed, entry, "credit.appealed", row)
    await deed.session.flush()
    await _regrade(deed, entry)
    return replace(filed, appeal=row)


async def decide(deed: Deed, filed: Filed, outcome: Outcome, reasons: str) -> Filed:
    """Upheld, it counts again; revoked, a counter-entry stands beside it.

    Raises EntryStandingForbids.
    """
    entry, row = filed.entry, filed.appeal
    assert row is not None, "only what was appealed is decided"
    advance(filed.own, DECISIONS[outcome])
    decision = CreditAppealDecision(
        appeal_id=row.id,
        outcome=outcome,
        reasons=reasons,
        decided_at=deed.at,
        decided_by=deed.actor.id,
    )
    deed.session.add(decision)
    if outcome is Outcome.REVOKED:
        add_entry(deed, _counter(deed, entry, row), counters=entry.id)
    _note(deed, entry, f"credit.appeal_{outcome.lower()}", row)
    await deed.session.flush()
    await _regrade(deed, entry, anew=True)
    await review_after_decision(deed, entry, outcome)
    return replace(filed, decision=decision)


async def _regrade(deed: Deed, entry: CreditEntry, *, anew: bool = False) -> None:
    """In the company's turn, whether a grade rests on the entry or not."""
    await in_turn(deed.session, entry.company_id)
    for period in await half_years_graded_by(deed.session, entry):
        await regrade(deed, entry.company_id, period, anew=anew)


def _counter(deed: Deed, entry: CreditEntry, row: CreditAppeal) -> NewEntry:
    return NewEntry(
        company_id=entry.company_id,
        estate_id=entry.estate_id,
        division=entry.division,
        community=entry.community,
        source=EntrySource.REVOCATION,
        source_id=row.id,
        period=entry.period,
        score=None,
        published_at=deed.at,
    )


def _note(deed: Deed, entry: CreditEntry, action: str, row: CreditAppeal) -> None:
    """The reasons stay in the file: they are words about a company, written by anybody."""
    append(
        deed.session,
        actor=deed.actor,
        action=action,
        subject_type="company",
        subject_id=entry.company_id,
        at=deed.at,
        details={"entry": str(entry.id), "appeal": str(row.id)},
    )
