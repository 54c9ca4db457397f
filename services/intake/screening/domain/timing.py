"""When something is checked, again, and no longer (wechat.md 5)."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from shared.clock import BEIJING

# WeChat checks the words of who used the mini-program within two hours; a minute is for the call.
ANSWERABLE = timedelta(hours=2) - timedelta(minutes=1)
RESULT_WITHIN = timedelta(minutes=30)
PAUSES = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2))
LONGEST_PAUSE = timedelta(minutes=10)
SET_UP_LOOKED_AT_AFTER = timedelta(minutes=5)


def answerable_until(written_at: datetime) -> datetime:
    return written_at + ANSWERABLE


def result_due(sent_at: datetime) -> datetime:
    """Later the finding does not come any more."""
    return sent_at + RESULT_WITHIN


def new_quota_at(now: datetime) -> datetime:
    """WeChat counts days of Beijing."""
    return datetime.combine(now.astimezone(BEIJING) + timedelta(days=1), time(), BEIJING)


def try_again_at(tries: int, now: datetime, until: datetime) -> datetime | None:
    """After `tries` attempts that brought no answer; None when that would be too late."""
    pause = PAUSES[tries - 1] if tries <= len(PAUSES) else LONGEST_PAUSE
    return None if now + pause > until else now + pause
