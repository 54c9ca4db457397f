"""The period a survey is about, and the days on which it takes answers (U21)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from shared.clock import BEIJING
from shared.errors import Conflict, Invalid

# written so that the order of the letters is the order of time
FORMS: Mapping[str, str] = {
    "YEAR": r"20\d{2}",
    "HALF_YEAR": r"20\d{2}-H[12]",
    "QUARTER": r"20\d{2}-Q[1-4]",
}


class PeriodUnknown(Invalid):
    """The period is not written as the rulebook's cycle asks, e.g. 2026-H1."""

    code = "PERIOD_UNKNOWN"
    chinese = "周期不正确，应按规定的周期填写，例如：2026-H1。"


class EndsInThePast(Invalid):
    """The last day of the survey is over."""

    code = "ENDS_IN_THE_PAST"
    chinese = "测评截止日期已过。"


class EndsTooLate(Invalid):
    """A survey takes answers for a limited time."""

    code = "ENDS_TOO_LATE"
    chinese = "测评截止日期过晚。"


class StillRunning(Conflict):
    """Households may answer until the end of the last day; close it afterwards."""

    code = "SURVEY_STILL_RUNNING"
    chinese = "测评尚未到截止时间，不能提前结束。"


class OutsideSurvey(Invalid):
    """It was not done between the opening and the end of the survey."""

    code = "OUTSIDE_SURVEY"
    chinese = "该时间不在测评期间内。"


class MadeInTheFuture(Invalid):
    """The device's clock is ahead of ours; set it by `now` of this answer."""

    code = "MADE_IN_THE_FUTURE"
    chinese = "设备时间超前，请校准后重试。"


def refuse_unknown_period(period: str, cycle: str) -> None:
    """Raises PeriodUnknown."""
    if not re.fullmatch(FORMS[cycle], period, re.ASCII):
        raise PeriodUnknown(cycle=cycle)


def end_of(last_day: date) -> datetime:
    """24:00 of the last day, which still belongs to it (ground rule 0.2.3)."""
    return datetime.combine(last_day + timedelta(days=1), time(), BEIJING)


def refuse_ended(last_day: date, now: datetime) -> None:
    """Raises EndsInThePast."""
    if now > end_of(last_day):
        raise EndsInThePast(ends_on=last_day.isoformat())


def refuse_far_end(last_day: date, now: datetime, days_at_most: int) -> None:
    """Raises EndsTooLate."""
    latest = now.astimezone(BEIJING).date() + timedelta(days=days_at_most)
    if last_day > latest:
        raise EndsTooLate(latest=latest.isoformat())


def refuse_early_end(last_day: date, now: datetime) -> None:
    """Raises StillRunning."""
    if now <= end_of(last_day):
        raise StillRunning(until=end_of(last_day).isoformat())


def refuse_outside(moment: datetime, opened_at: datetime, last_day: date) -> None:
    """Raises OutsideSurvey."""
    if not opened_at <= moment <= end_of(last_day):
        raise OutsideSurvey(
            opened_at=opened_at.astimezone(BEIJING).isoformat(), until=end_of(last_day).isoformat()
        )


def refuse_future(moment: datetime, now: datetime, skew: timedelta) -> None:
    """Clocks of telephones differ a little. Raises MadeInTheFuture."""
    if moment > now + skew:
        raise MadeInTheFuture(now=now.astimezone(BEIJING).isoformat())
