"""E05: on several channels on the same day. A day that was missed stays missed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from shared.clock import BEIJING


class Standing(StrEnum):
    PENDING = "PENDING"  # the day is not over
    COMPLETE = "COMPLETE"
    OVERDUE = "OVERDUE"  # not on the same day


@dataclass(frozen=True)
class Duty:
    """`missing` are demanded channels without a posting of the first day, `until` its end."""

    until: datetime
    missing: tuple[str, ...]
    is_met: bool

    def standing(self, now: datetime) -> Standing:
        if self.is_met:
            return Standing.COMPLETE
        return Standing.OVERDUE if now >= self.until else Standing.PENDING


def duty_of(posted: Mapping[str, datetime], demanded: Sequence[str], at_least: int) -> Duty:
    """`posted` says when on which channel, and is not empty; the first of them sets the day."""
    day = min(_day(moment) for moment in posted.values())
    on_the_day = {channel for channel, moment in posted.items() if _day(moment) == day}
    missing = tuple(channel for channel in demanded if channel not in on_the_day)
    until = datetime.combine(day + timedelta(days=1), time.min, tzinfo=BEIJING)
    return Duty(until, missing, not missing and len(on_the_day) >= at_least)


def _day(moment: datetime) -> date:
    return moment.astimezone(BEIJING).date()
