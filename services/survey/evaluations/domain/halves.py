"""The half-year an evaluation is about: 01-01 to 06-30, 07-01 to 12-31, in Beijing (E16)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.survey.surveys.domain.periods import PeriodUnknown, end_of, refuse_unknown_period
from shared.clock import BEIJING
from shared.errors import Conflict

CYCLE = "HALF_YEAR"
RESOLUTION = timedelta(microseconds=1)
DAYS = {"H1": ((1, 1), (6, 30)), "H2": ((7, 1), (12, 31))}


class HalfYearRunning(Conflict):
    """The half-year is not over: results of its last day still count."""

    code = "HALF_YEAR_RUNNING"
    chinese = "本半年度尚未结束，期末前产生的结果仍应计入，暂不能综合评价。"


@dataclass(frozen=True)
class HalfYear:
    """Both days are included; the last one ends at 24:00."""

    first: date
    last: date

    @property
    def ends_at(self) -> datetime:
        return end_of(self.last)

    @property
    def last_moment(self) -> datetime:
        """By the rules of which it is judged."""
        return self.ends_at - RESOLUTION

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    def holds_moment(self, moment: datetime) -> bool:
        return self.holds(moment.astimezone(BEIJING).date())


def half_year(period: str) -> HalfYear:
    """Raises PeriodUnknown for what is not written like 2026-H1."""
    refuse_unknown_period(period, CYCLE)
    first, last = DAYS[period[5:]]
    try:
        half = HalfYear(date(int(period[:4]), *first), date(int(period[:4]), *last))
        assert half.ends_at > half.last_moment, "the calendar reaches beyond its end"
    except (ValueError, OverflowError):
        raise PeriodUnknown(cycle=CYCLE) from None
    return half


def refuse_running(half: HalfYear, now: datetime) -> None:
    """Raises HalfYearRunning."""
    if now < half.ends_at:
        raise HalfYearRunning(until=half.ends_at.isoformat())
