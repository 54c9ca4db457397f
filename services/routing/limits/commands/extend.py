"""T29: more time for the result is asked for, endorsed, granted or denied (X05)."""

from __future__ import annotations

from collections.abc import Sequence

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.lifecycle import Action, transition
from services.routing.cases.history import reopened_at
from services.routing.cases.recording import move, rulebook_of, tell
from services.routing.clocks.domain.effects import RESOLVE
from services.routing.clocks.moving import extend_clock, running_clock
from services.routing.limits.domain.extending import (
    ExtensionPending,
    LastDeskDecides,
    NothingToExtend,
    NotYourDesk,
    deciding_desk,
    length_asked,
    longest_extension,
    refuse_after_due,
)
from services.routing.limits.domain.policies import OwnRequest, holds_desk
from services.routing.limits.queries import extensions_of, pending_extension
from services.routing.limits.tables import Extension
from services.routing.occasion import Occasion
from shared.clocks import ClockRow
from shared.contracts.routing import ExtensionDecided, ExtensionRequested
from shared.counting import Deadline, Length
from shared.ids import new_id
from shared.rulebook import ClockKind, Desk
from shared.rulebook.sections.handling import GradeRule

EXTENSIONS = "extension"


async def ask_for_extension(on: Occasion, file: CaseFile, days: int, reason: str) -> None:
    """Raises ActionNotPossible, NotExtended, ExtensionsExhausted, ExtensionTooLong,
    ExtensionTooLate, ExtensionPending or NothingToExtend.
    """
    transition(file.case.status, Action.ASK_FOR_EXTENSION)  # says so before any other reason
    earlier = await extensions_of(on.session, file.case.id)
    if any(each.decided_at is None for each in earlier):
        raise ExtensionPending
    longest = longest_extension(_rule(on, file), await _granted(on, file, earlier))
    length_asked(longest, days)
    clock = await _clock(on, file)
    refuse_after_due(Deadline(clock.due_at), on.now)
    move(on, file, Action.ASK_FOR_EXTENSION, details={"clock": clock.kind, "days": days})
    _write(on, file, clock, days, reason)
    await tell(on, file, ExtensionRequested, clock=clock.kind, due_at=clock.due_at)


async def endorse_extension(on: Occasion, file: CaseFile, opinion: str) -> None:
    """A desk of the chain is for it. Raises ExtensionNotAsked, OwnRequest or NotYourDesk."""
    asked = await _to_decide(on, file)
    if not any(holds_desk(on.actor, file.standing, each) for each in _chain(on, file)):
        raise NotYourDesk
    move(on, file, Action.ENDORSE_EXTENSION, note=opinion, details={"clock": asked.clock})
    asked.endorsed_by, asked.endorsed_at = on.actor.id, on.now


async def grant_extension(on: Occasion, file: CaseFile, ruling: str) -> None:
    """The due time moves; what was breached meanwhile stays breached.

    Raises ExtensionNotAsked, OwnRequest, LastDeskDecides or NothingToExtend.
    """
    asked = await _to_decide(on, file)
    _refuse_other_desks(on, file)
    clock = await running_clock(on, file, ClockKind(asked.clock))
    if clock is None:
        raise NothingToExtend
    longest = longest_extension(_rule(on, file), 0)
    move(on, file, Action.EXTEND, details={"clock": clock.kind, "days": asked.days})
    due = await extend_clock(on, clock, Length(asked.days, longest.counting))
    asked.extended_to = due
    _decide(on, asked, ruling, granted=True)
    await tell(on, file, ExtensionDecided, clock=clock.kind, granted=True, due_at=due)


async def deny_extension(on: Occasion, file: CaseFile, ruling: str) -> None:
    """Raises ExtensionNotAsked, OwnRequest or LastDeskDecides."""
    asked = await _to_decide(on, file)
    if _chain(on, file):  # lowered since to a grade that has none, any desk may end it
        _refuse_other_desks(on, file)
    move(on, file, Action.DENY_EXTENSION, note=ruling, details={"clock": asked.clock})
    _decide(on, asked, ruling, granted=False)
    clock = await running_clock(on, file, ClockKind(asked.clock))
    due = clock.due_at if clock else asked.due_at
    await tell(on, file, ExtensionDecided, clock=asked.clock, granted=False, due_at=due)


def _rule(on: Occasion, file: CaseFile) -> GradeRule:
    grade = file.case.degree
    assert grade is not None, "only graded cases are dispatched"
    return rulebook_of(on, file).grades[grade]


def _chain(on: Occasion, file: CaseFile) -> tuple[Desk, ...]:
    return _rule(on, file).extension_approvers


async def _clock(on: Occasion, file: CaseFile) -> ClockRow:
    """CK-06, or the result of CK-07; CK-05 is met by interim feedback instead."""
    for kind in _rule(on, file).clocks:
        if kind in RESOLVE and (clock := await running_clock(on, file, kind)) is not None:
            return clock
    raise NothingToExtend


async def _granted(on: Occasion, file: CaseFile, earlier: Sequence[Extension]) -> int:
    """Of the clock of this grade; a reopened case has a new one (T32)."""
    since = await reopened_at(on.session, file.case.id)
    return sum(
        bool(each.granted)
        and each.clock in _rule(on, file).clocks
        and (since is None or each.asked_at >= since)
        for each in earlier
    )


async def _to_decide(on: Occasion, file: CaseFile) -> Extension:
    asked = await pending_extension(on.session, file.case.id)
    if asked.asked_by == on.actor.id:
        raise OwnRequest
    return asked


def _refuse_other_desks(on: Occasion, file: CaseFile) -> None:
    if not holds_desk(on.actor, file.standing, deciding_desk(_rule(on, file))):
        raise LastDeskDecides


def _decide(on: Occasion, asked: Extension, ruling: str, *, granted: bool) -> None:
    asked.decided_by, asked.decided_at, asked.granted = on.actor.id, on.now, granted
    asked.ruling = on.conceal(ruling, EXTENSIONS, asked.id, "ruling")


def _write(on: Occasion, file: CaseFile, clock: ClockRow, days: int, reason: str) -> None:
    extension_id = new_id()
    on.session.add(
        Extension(
            id=extension_id,
            case_id=file.case.id,
            clock=clock.kind,
            days=days,
            reason=on.conceal(reason, EXTENSIONS, extension_id, "reason"),
            due_at=clock.due_at,
            asked_by=on.actor.id,
            asked_at=on.now,
        )
    )
