"""What a replay may reach."""

from __future__ import annotations

from datetime import datetime, timedelta

from services.notify.webhooks.domain.lifecycle import DeliveryAction, DeliveryStatus, may_take
from shared.errors import Invalid

MISSED = frozenset({DeliveryStatus.FAILED, DeliveryStatus.WAITING})
TRIED = 1  # attempts that were made in vain


class PeriodUpsideDown(Invalid):
    """The period ends before it begins."""

    code = "PERIOD_UPSIDE_DOWN"
    chinese = "起止时间颠倒。"


class ReplayTooLong(Invalid):
    """A replay reaches over at most `days_at_most` days at once."""

    code = "REPLAY_TOO_LONG"
    chinese = "一次重推的时间范围过长。"


def refuse_replay_of(since: datetime, until: datetime, longest: timedelta) -> None:
    """Raises PeriodUpsideDown or ReplayTooLong."""
    if until <= since:
        raise PeriodUpsideDown
    if until - since > longest:
        raise ReplayTooLong(days_at_most=longest.days)


def replayed_states(*, only_missed: bool) -> frozenset[DeliveryStatus]:
    """`only_missed` leaves alone what arrived, and what waits for its first attempt: who was away
    for a day need not wait for the next one, which may be a day off.
    """
    return MISSED if only_missed else may_take(DeliveryAction.REPLAY)
