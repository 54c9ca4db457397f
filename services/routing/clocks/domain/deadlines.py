"""When a clock of a case is due, and when it warns (lifecycle 3.3, 3.4; N09)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.calendars import WorkingCalendar
from shared.counting import Counting, Deadline, deadline, due_after_lowering
from shared.rulebook import ClockKind, Rulebook

BY_CALENDAR = frozenset({Counting.STATUTORY_DAYS, Counting.WORKING_DAYS})


@dataclass(frozen=True)
class Start:
    """A clock about to run. `warnings` are shares of its length."""

    kind: ClockKind
    started_at: datetime
    due: Deadline
    warnings: tuple[float, ...]


def start_of(kind: ClockKind, at: datetime, rulebook: Rulebook, calendar: WorkingCalendar) -> Start:
    due = deadline(at, rulebook.clock(kind).length, calendar)
    return Start(kind, at, due, warnings_of(kind, at, due, rulebook))


def lowered(
    kind: ClockKind,
    current: Deadline,
    at: datetime,
    rulebook: Rulebook,
    calendar: WorkingCalendar,
) -> Start:
    """A lowered grade never lengthens: due is the earlier of the present one and the new length."""
    due = due_after_lowering(current, at, rulebook.clock(kind).length, calendar)
    return Start(kind, at, due, warnings_of(kind, at, due, rulebook))


def resumed(kind: ClockKind, at: datetime, left: timedelta, rulebook: Rulebook) -> Start:
    """A clock that stood still while a result was reviewed goes on with what was left (T26)."""
    return Start(kind, at, Deadline(at + left), rulebook.clock(kind).warnings)


def warnings_of(
    kind: ClockKind, at: datetime, due: Deadline, rulebook: Rulebook
) -> tuple[float, ...]:
    """Reminders of CK-09 come on named days, all others at shares of the length (N09)."""
    if kind is not ClockKind.CONFIRMATION_APPLICATION:
        return rulebook.clock(kind).warnings
    length = due.at - at
    return tuple(timedelta(days=day) / length for day in rulebook.confirmation.reminder_days)


def needs_calendar(kinds: Iterable[ClockKind], rulebook: Rulebook) -> bool:
    return any(rulebook.clock(kind).length.counting in BY_CALENDAR for kind in kinds)
