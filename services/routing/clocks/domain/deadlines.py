"""When a clock of a case is due, and when it warns (lifecycle 3.3, 3.4; N09)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.routing.clocks.domain.breaches import marks_overdue
from shared.calendars import WorkingCalendar
from shared.counting import Counting, Deadline, deadline, due_after_lowering
from shared.rulebook import ClockKind, Rulebook

Pause = tuple[datetime, datetime]

BY_CALENDAR = frozenset({Counting.STATUTORY_DAYS, Counting.WORKING_DAYS})


@dataclass(frozen=True)
class Start:
    """A clock about to run. `warnings` are shares of its length, `ladder` the seconds after its
    due time at which somebody higher up is told (lifecycle 3.6). `paused` is time since the start
    that does not count.
    """

    kind: ClockKind
    started_at: datetime
    due: Deadline
    warnings: tuple[float, ...]
    ladder: tuple[int, ...] = ()
    paused: timedelta = timedelta()


def start_of(kind: ClockKind, at: datetime, rulebook: Rulebook, calendar: WorkingCalendar) -> Start:
    due = deadline(at, rulebook.clock(kind).length, calendar)
    return _start(kind, at, due, rulebook)


def lowered(
    kind: ClockKind,
    current: Deadline,
    at: datetime,
    rulebook: Rulebook,
    calendar: WorkingCalendar,
) -> Start:
    """A lowered grade never lengthens: due is the earlier of the present one and the new length."""
    due = due_after_lowering(current, at, rulebook.clock(kind).length, calendar)
    return _start(kind, at, due, rulebook)


def with_pauses(start: Start, pauses: Iterable[Pause]) -> Start:
    """A clock that counts from a moment in the past keeps what has stood still since (X06)."""
    lost = (ended - max(began, start.started_at) for began, ended in pauses)
    paused = sum((each for each in lost if each > timedelta()), timedelta())
    return replace(start, due=replace(start.due, at=start.due.at + paused), paused=paused)


def resumed(kind: ClockKind, at: datetime, left: timedelta, rulebook: Rulebook) -> Start:
    """A clock that stood still while a result was reviewed goes on with what was left (T26)."""
    due = Deadline(at + left)
    return Start(kind, at, due, rulebook.clock(kind).warnings, ladder_of(kind, rulebook))


def warnings_of(
    kind: ClockKind, at: datetime, due: Deadline, rulebook: Rulebook
) -> tuple[float, ...]:
    """Reminders of CK-09 come on named days, all others at shares of the length (N09)."""
    if kind is not ClockKind.CONFIRMATION_APPLICATION:
        return rulebook.clock(kind).warnings
    length = due.at - at
    return tuple(timedelta(days=day) / length for day in rulebook.confirmation.reminder_days)


def ladder_of(kind: ClockKind, rulebook: Rulebook) -> tuple[int, ...]:
    """Only a promise whose breach makes the case overdue is carried further up (X18)."""
    if not marks_overdue(rulebook.clock(kind).on_breach):
        return ()
    steps = (step.after for step in rulebook.escalation if step.after_hours)
    return tuple(int(after.total_seconds()) for after in steps)


def _start(kind: ClockKind, at: datetime, due: Deadline, rulebook: Rulebook) -> Start:
    warnings = warnings_of(kind, at, due, rulebook)
    return Start(kind, at, due, warnings, ladder_of(kind, rulebook))


def needs_calendar(kinds: Iterable[ClockKind], rulebook: Rulebook) -> bool:
    return any(rulebook.clock(kind).length.counting in BY_CALENDAR for kind in kinds)
