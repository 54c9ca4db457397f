"""What an endpoint's answer means for the delivery and for the endpoint."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from services.notify.webhooks.domain.schedule import Wish

GONE = 410
TOO_MANY = 429
# the failures that are written down when no answer, or no connection, came in time
TIMED_OUT = "TimedOut"
CONNECT_TIMED_OUT = "ConnectTimeout"
OUT_OF_TIME = frozenset({TIMED_OUT, CONNECT_TIMED_OUT})

_SECONDS = re.compile(r"[0-9]{1,9}")


def is_success(status: int | None) -> bool:
    """Only 2xx; a redirect is a failure and is never followed."""
    return status is not None and 200 <= status < 300


def wish_of(
    status: int | None, failure: str | None, retry_after: str | None, now: datetime
) -> Wish:
    """Of an answer that is no success."""
    overloaded = status == TOO_MANY or failure in OUT_OF_TIME
    return Wish(overloaded, asked_wait(retry_after, now))


def asked_wait(retry_after: str | None, now: datetime) -> timedelta | None:
    """`Retry-After`, seconds or a date (RFC 9110 section 10.2.3); None for anything else."""
    if retry_after is None:
        return None
    if _SECONDS.fullmatch(retry_after.strip()):
        return timedelta(seconds=int(retry_after))
    try:
        moment = parsedate_to_datetime(retry_after)
    except (ValueError, OverflowError):  # a year of eleven digits fits into no number of C
        return None
    return moment - now if moment.tzinfo and moment > now else None
