"""Deadline arithmetic in Beijing time: exact hours, civil days, statutory days, working days.

The start day never counts. "N days" end at 24:00 of the Nth day, kept as 00:00 of the next.
以内 includes the end (ground rule 0.2.2): what happens at the due instant is still on time, so
10:00:00 meets a 10:00:00 deadline, and 24:00 itself still belongs to the day it closes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from shared.calendars import ONE_DAY, WorkingCalendar
from shared.clock import BEIJING


class Counting(StrEnum):
    """How a length is counted (ground rules 0.2.3 and 0.2.4)."""

    HOURS = "HOURS"
    CIVIL_DAYS = "CIVIL_DAYS"
    STATUTORY_DAYS = "STATUTORY_DAYS"
    WORKING_DAYS = "WORKING_DAYS"


@dataclass(frozen=True)
class Length:
    """A promised length: so many hours or days, and the rule that counts them."""

    amount: int
    counting: Counting

    def __post_init__(self) -> None:
        if self.amount <= 0:
            raise ValueError(f"a length is positive, not {self.amount}")


@dataclass(frozen=True)
class Deadline:
    """The last instant on time. `provisional` when it rests on an unpublished working calendar."""

    at: datetime
    provisional: bool = False

    def met_by(self, moment: datetime) -> bool:
        """Whether something that happened at `moment` is on time; the end is included."""
        return moment <= self.at

    def missed_by(self, moment: datetime) -> bool:
        return moment > self.at

    def paused(self, since: datetime, until: datetime) -> Deadline:
        """The deadline after a pause: moved by exactly the paused time (X06)."""
        return replace(self, at=self.at + paused_time(since, until))


def deadline(start: datetime, length: Length, calendar: WorkingCalendar) -> Deadline:
    """When a clock that starts at `start` and lasts `length` is due."""
    match length.counting:
        case Counting.HOURS:
            return Deadline(hours_after(start, length.amount))
        case Counting.CIVIL_DAYS:
            return Deadline(civil_days_end(start, length.amount))
        case Counting.STATUTORY_DAYS:
            return _by_calendar(start, statutory_days_end(start, length.amount, calendar), calendar)
        case Counting.WORKING_DAYS:
            return _by_calendar(start, working_days_end(start, length.amount, calendar), calendar)


def hours_after(start: datetime, hours: int) -> datetime:
    """Exact elapsed time, round the clock."""
    return _in_beijing(start) + timedelta(hours=hours)


def civil_days_end(start: datetime, days: int) -> datetime:
    """24:00 of the Nth day after the start day; rest days count like any other."""
    return end_of_day(_start_day(start) + days * ONE_DAY)


def statutory_days_end(start: datetime, days: int, calendar: WorkingCalendar) -> datetime:
    """As civil days, but a last day that is a rest day moves to the next working day (F:L7)."""
    return end_of_day(calendar.on_or_after(_start_day(start) + days * ONE_DAY))


def working_days_end(start: datetime, days: int, calendar: WorkingCalendar) -> datetime:
    """24:00 of the Nth working day after the start day."""
    return end_of_day(calendar.after(_start_day(start), days))


def end_of_day(day: date) -> datetime:
    """24:00 of `day`, which is 00:00 of the day after."""
    return datetime.combine(day + ONE_DAY, time.min, tzinfo=BEIJING)


def paused_time(since: datetime, until: datetime) -> timedelta:
    """How long a pause lasted. Raises ValueError when it ends before it starts."""
    if until < since:
        raise ValueError("a pause cannot end before it starts")
    return until - since


def net_time(
    start: datetime, end: datetime, pauses: Sequence[tuple[datetime, datetime]]
) -> timedelta:
    """Gross time between two moments without the pauses in between (lifecycle 3.3)."""
    return end - start - sum((paused_time(*pause) for pause in pauses), timedelta())


def warning_times(start: datetime, due: datetime, shares: Sequence[float]) -> tuple[datetime, ...]:
    """The moments at which the given shares of the way from start to due have passed."""
    return tuple(start + (due - start) * share for share in shares)


def due_after_raise(anchor: datetime, length: Length, calendar: WorkingCalendar) -> Deadline:
    """A raised grade keeps its anchor, the first dispatch, and takes the longer length (X01)."""
    return deadline(anchor, length, calendar)


def due_after_lowering(
    current: Deadline, regraded_at: datetime, length: Length, calendar: WorkingCalendar
) -> Deadline:
    """A lowered grade never lengthens: the earlier of the current due and the new length."""
    return min(current, deadline(regraded_at, length, calendar), key=lambda each: each.at)


def extended(current: Deadline, length: Length) -> Deadline:
    """An extension of hours or civil days is added to the due instant itself (X05)."""
    if length.counting not in (Counting.HOURS, Counting.CIVIL_DAYS):
        raise ValueError(f"an extension is counted in hours or civil days, not {length.counting}")
    unit = timedelta(hours=1) if length.counting is Counting.HOURS else ONE_DAY
    return replace(current, at=current.at + length.amount * unit)


def _by_calendar(start: datetime, due: datetime, calendar: WorkingCalendar) -> Deadline:
    last_day = due.date() - ONE_DAY
    years = range(_start_day(start).year, last_day.year + 1)
    return Deadline(due, any(calendar.provisional(year) for year in years))


def _start_day(start: datetime) -> date:
    return _in_beijing(start).date()


def _in_beijing(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs an offset")
    return moment.astimezone(BEIJING)
