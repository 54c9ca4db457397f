"""Owners are not disturbed at night, unless it is urgent (lifecycle 3.7)."""

from __future__ import annotations

from datetime import datetime, timedelta

from shared.clock import BEIJING
from shared.rulebook.sections.notices import QuietHours


def is_quiet(now: datetime, hours: QuietHours) -> bool:
    return hours.hold(now.astimezone(BEIJING).time())


def first_moment(now: datetime, hours: QuietHours) -> datetime:
    """`now`, or the end of the quiet hours that `now` lies in."""
    if not is_quiet(now, hours):
        return now
    here = now.astimezone(BEIJING)
    morning = datetime.combine(here.date(), hours.ends, tzinfo=BEIJING)
    return morning if morning > here else morning + timedelta(days=1)
