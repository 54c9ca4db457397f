"""Moments as W3C notes them, and the span that a list may have (GeoReport v2: 90 days)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.intake.open311.domain.refusals import Refused
from shared.clock import BEIJING

DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
PLUS_LOST = re.compile(r"(T.*) (\d{2}:?\d{2})$")  # an unescaped + of a query is a space
FIRST = "0001-01-01"
YEARS = range(1900, 2200)


@dataclass(frozen=True)
class Period:
    """From `start` to `end`, both included."""

    start: datetime
    end: datetime


def moment_of(text: str) -> datetime:
    """Without an offset it is Beijing's time. Raises ValueError or OverflowError."""
    text = PLUS_LOST.sub(r"\1+\2", text.strip())
    if DAY.fullmatch(text):
        text += FIRST[len(text) :]
    moment = datetime.fromisoformat(text)
    if moment.year not in YEARS:
        raise ValueError("no year of this century or the one before and after")
    return (moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)).astimezone(BEIJING)


def said(moment: datetime | None) -> str | None:
    """E.g. 2026-03-02T09:00:00+08:00."""
    return moment.astimezone(BEIJING).isoformat(timespec="seconds") if moment else None


def period(start: str | None, end: str | None, now: datetime, longest: timedelta) -> Period:
    """What is not said follows from `longest`; a day as the end is included. Raises Refused."""
    first, last = _read("start_date", start), _read("end_date", end)
    try:
        if first and last and not first <= last <= first + longest:
            raise Refused(
                f"start_date 至 end_date 不得超过{longest.days}日，且不得倒置。"
                f" start_date to end_date may not span more than {longest.days} days."
            )
        if last and end and DAY.fullmatch(end.strip()):
            last += timedelta(days=1)
        if first:
            return Period(first, last or first + longest)
        last = last or now
        return Period(last - longest, last)
    except OverflowError:
        raise Refused(_unreadable("start_date, end_date")) from None


def _read(name: str, text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        return moment_of(text)
    except (ValueError, OverflowError):
        raise Refused(_unreadable(name)) from None


def _unreadable(name: str) -> str:
    return f"{name} 不是 W3C 日期时间。 {name} must use w3 format, e.g. 2026-01-01T00:00:00Z."
