"""Claiming a call, looking at the number, and letting go of it."""

from __future__ import annotations

from dataclasses import replace

from services.survey.calls.commands.numbers import number_of
from services.survey.calls.domain.claims import FREE, claimed, held
from services.survey.calls.domain.hours import refuse_quiet_hours
from services.survey.calls.guards import NumberUnknown, Subject
from services.survey.deed import Deed
from services.survey.visits.domain.lifecycle import VisitAction, advance
from shared import audit


async def claim(deed: Deed, subject: Subject) -> None:
    """Raises VisitAlreadyAnswered, VisitEnded, NumberUnknown or CallClaimed."""
    visit, call = subject.visit, subject.call
    advance(visit.state, VisitAction.RECORD)
    if call.number is None:
        raise NumberUnknown
    rules = deed.runtime.rulebooks.named(visit.rulebook).return_visits
    call.take(claimed(call.claim, deed.actor.id, deed.at, deed.at + rules.claim_lasts))
    note(deed, subject, "visit.call_claimed", {})


async def let_go(deed: Deed, subject: Subject) -> None:
    """Raises CallClaimed or CallNotClaimed."""
    held(subject.call.claim, deed.actor.id, deed.at)
    subject.call.take(FREE)
    note(deed, subject, "visit.call_released", {})


async def show_number(deed: Deed, subject: Subject) -> str:
    """Only to whoever claimed the call, only at an hour for calling, and on record.

    Raises CallClaimed, CallNotClaimed, QuietNow or NumberUnknown.
    """
    visit, call = subject.visit, subject.call
    mine = held(call.claim, deed.actor.id, deed.at)
    rules = deed.runtime.rulebooks.named(visit.rulebook).return_visits
    refuse_quiet_hours(deed.at, rules.quiet_hours)
    number = number_of(deed, call)
    if number is None:
        raise NumberUnknown
    call.take(replace(mine, read_at=mine.read_at or deed.at))
    note(deed, subject, "visit.number_read", {})
    return number


def note(deed: Deed, subject: Subject, action: str, details: dict[str, object]) -> None:
    audit.append(
        deed.session,
        actor=deed.actor,
        action=action,
        subject_type="visit",
        subject_id=subject.visit.id,
        at=deed.at,
        details={"case_id": subject.visit.case_id, **details},
    )
