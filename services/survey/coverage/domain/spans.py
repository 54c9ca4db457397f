"""The time that figures are asked for."""

from __future__ import annotations

from datetime import datetime, timedelta

from shared.errors import Invalid

USUAL = timedelta(days=30)
LONGEST = timedelta(days=3 * 366)
FARTHEST = timedelta(days=100 * 366)  # no figures lie so far away, and calendars end somewhere


class SpanInvalid(Invalid):
    """The time asked about ends before it begins, is longer than three years, or far away."""

    code = "SPAN_INVALID"
    chinese = "统计时段不正确：结束应晚于开始，且不超过三年。"


def span_of(
    since: datetime | None, until: datetime | None, now: datetime
) -> tuple[datetime, datetime]:
    """Without bounds the last thirty days. Raises SpanInvalid."""
    end = until or now
    if abs(end - now) > FARTHEST:
        raise SpanInvalid
    begin = since or end - USUAL
    if not timedelta() < end - begin <= LONGEST:
        raise SpanInvalid
    return begin, end
