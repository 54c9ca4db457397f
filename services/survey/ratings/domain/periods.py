"""The quarter or half-year that a rating is about, and until when it takes marks (E09, E13)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from shared.clock import BEIJING
from shared.errors import Conflict, Invalid

MONTHS_IN: Mapping[str, int] = {"QUARTER": 3, "HALF_YEAR": 6}
FORMS: Mapping[str, str] = {"QUARTER": r"(20\d{2})-Q([1-4])", "HALF_YEAR": r"(20\d{2})-H([12])"}


class RatingPeriodUnknown(Invalid):
    """The period is not written as the cycle of this rating asks, e.g. 2026-Q1 or 2026-H1."""

    code = "RATING_PERIOD_UNKNOWN"
    chinese = "评议周期格式不正确，例如：2026-Q1（季度）或2026-H1（半年）。"


class PeriodNotBegun(Conflict):
    """The period of this rating has not begun."""

    code = "RATING_PERIOD_NOT_BEGUN"
    chinese = "本期评议的周期尚未开始。"


class RatingTimeOver(Conflict):
    """The time for giving marks is over."""

    code = "RATING_TIME_OVER"
    chinese = "本次评议已过截止时间。"


class RatingStillRunning(Conflict):
    """Marks may still be given or changed; close it afterwards."""

    code = "RATING_STILL_RUNNING"
    chinese = "评议尚未结束，暂不能统计。"


@dataclass(frozen=True)
class Period:
    """From its first moment to 24:00 of its last day, which still belongs to it (rules-0.2)."""

    begins_at: datetime
    ends_at: datetime

    @property
    def last_day(self) -> date:
        return (self.ends_at - timedelta(days=1)).date()


def period_of(written: str, cycle: str) -> Period:
    """Raises RatingPeriodUnknown."""
    found = re.fullmatch(FORMS[cycle], written, re.ASCII)
    if found is None:
        raise RatingPeriodUnknown(cycle=cycle)
    year, number, months = int(found[1]), int(found[2]), MONTHS_IN[cycle]
    first = date(year, (number - 1) * months + 1, 1)
    last_month = date(year, number * months, 1)
    following = (last_month + timedelta(days=31)).replace(day=1)
    return Period(_midnight(first), _midnight(following))


def refuse_not_begun(period: Period, now: datetime) -> None:
    """Raises PeriodNotBegun."""
    if now < period.begins_at:
        raise PeriodNotBegun(begins_at=period.begins_at.isoformat())


def refuse_over(until: datetime, now: datetime) -> None:
    """Raises RatingTimeOver; the moment itself is in time."""
    if now > until:
        raise RatingTimeOver(until=until.astimezone(BEIJING).isoformat())


def refuse_early_close(until: datetime, now: datetime) -> None:
    """Raises RatingStillRunning."""
    if now <= until:
        raise RatingStillRunning(until=until.astimezone(BEIJING).isoformat())


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), BEIJING)
