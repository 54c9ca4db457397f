"""The quarter a report is about: its days, and until when it is reported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from services.survey.indicators.domain.spans import Period, PeriodInvalid
from shared.calendars import WorkingCalendar
from shared.clock import BEIJING
from shared.counting import deadline
from shared.errors import Conflict, Invalid
from shared.rulebook.sections.fees import Fees

QUARTER: Final = "QUARTER"
ONE_DAY = timedelta(days=1)


class QuarterUnknown(Invalid):
    """The quarter is not written as a year and a quarter, e.g. 2026-Q1."""

    code = "QUARTER_UNKNOWN"
    chinese = "季度格式不正确，例如：2026-Q1。"


class QuarterNotOver(Conflict):
    """The fees of a quarter are reported once it is over."""

    code = "QUARTER_NOT_OVER"
    chinese = "该季度尚未结束，请在季度结束后报送收费情况。"


@dataclass(frozen=True)
class Days:
    """Both belong to the quarter."""

    first: date
    last: date


def quarter_of(name: str) -> Period:
    """Raises QuarterUnknown."""
    try:
        period = Period.named(name)
    except PeriodInvalid:
        raise QuarterUnknown from None
    if period.cycle != QUARTER:
        raise QuarterUnknown
    return period


def last_quarter(now: datetime) -> Period:
    """The newest that is over."""
    return Period.around(QUARTER, now).previous


def days_of(quarter: Period) -> Days:
    span = quarter.span
    return Days(span.since.date(), span.until.date() - ONE_DAY)


def refuse_unfinished(quarter: Period, now: datetime) -> None:
    """Raises QuarterNotOver."""
    if not quarter.span.is_over(now):
        raise QuarterNotOver(until=quarter.span.until.isoformat())


def due_at(quarter: Period, rules: Fees) -> datetime:
    """The last instant on time, counted from the last day of the quarter."""
    last_day = quarter.span.until.astimezone(BEIJING) - ONE_DAY
    return deadline(last_day, rules.report_within, WorkingCalendar()).at


def serving_in(quarter: Period, contracts: Sequence[Mapping[str, Any]]) -> frozenset[UUID]:
    """The companies whose contracts cover at least a day of the quarter (A03, X40)."""
    days = days_of(quarter)
    return frozenset(UUID(each["company_id"]) for each in contracts if _touches(days, each))


def _touches(days: Days, contract: Mapping[str, Any]) -> bool:
    until = contract["valid_to"]
    begun = date.fromisoformat(contract["valid_from"]) <= days.last
    return begun and (until is None or date.fromisoformat(until) >= days.first)
