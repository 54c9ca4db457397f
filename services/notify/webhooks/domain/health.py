"""How an endpoint is doing: how many posts it is given at once, and when people are told.

Four posts at a time while it answers. After five failures in a row the circuit is open: nothing is
sent for a minute, then one delivery goes ahead, and only its success lets the others follow. So a
dead endpoint costs one connection a minute, and its deliveries keep their attempts. An endpoint
that has failed without a break for 120 hours is given up until people have looked at it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from services.notify.webhooks.domain.answers import GONE

AT_ONCE = 4
FAILURES_TO_OPEN = 5
PROBE_EVERY = timedelta(seconds=60)
ALERT_AFTER = 4  # failed attempts at one delivery
GIVE_UP_AFTER = timedelta(hours=120)
# longer than any two attempts at one delivery lie apart: what failed before is another story
SILENCE = timedelta(hours=72)


class PauseReason(StrEnum):
    GONE = "GONE"  # it answered 410: it wants nothing any more
    FAILING = "FAILING"  # 120 hours of failure without a break


@dataclass(frozen=True)
class Health:
    """`failures` in a row, over all deliveries; at `probe_at` an open circuit lets one pass."""

    failures: int = 0
    failing_since: datetime | None = None
    failed_at: datetime | None = None
    probe_at: datetime | None = None
    alerted_at: datetime | None = None

    def after_failure(self, now: datetime) -> Health:
        before = Health() if self._is_another_story(now) else self
        failures = before.failures + 1
        return replace(
            before,
            failures=failures,
            failing_since=before.failing_since or now,
            failed_at=now,
            probe_at=now + PROBE_EVERY if failures >= FAILURES_TO_OPEN else None,
        )

    def room(self, under_way: int, now: datetime) -> int:
        """How many posts may be begun."""
        if self.failures < FAILURES_TO_OPEN:
            return max(AT_ONCE - under_way, 0)
        closed = self.probe_at is not None and now < self.probe_at
        return 0 if closed or under_way else 1

    def wants_alert(self, attempts: int) -> bool:
        """Once in an unbroken failure: after the fourth failed attempt at a delivery."""
        return attempts >= ALERT_AFTER and self.alerted_at is None

    def _is_another_story(self, now: datetime) -> bool:
        return self.failed_at is not None and now - self.failed_at > SILENCE


WELL = Health()


def reason_to_pause(health: Health, status: int | None, now: datetime) -> PauseReason | None:
    """After a failed attempt."""
    if status == GONE:
        return PauseReason.GONE
    if health.failing_since is not None and now - health.failing_since >= GIVE_UP_AFTER:
        return PauseReason.FAILING
    return None
