"""When a delivery is tried again (Standard Webhooks 1.0.0: ten attempts over three days).

Receivers may ask for more time, within bounds: `Retry-After` moves an attempt back to at most twice
its wait, and whoever does not keep up (429, or no answer in time) is left alone for a minute. Both
are svix's numbers, to which receivers are used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.notify.webhooks.domain.lifecycle import DeliveryAction

SCHEDULE: Sequence[timedelta] = (
    timedelta(0),
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
JITTER = 0.2
BREATH = timedelta(seconds=60)  # after a time-out or 429
MOST_PATIENCE = 2  # times the wait that was planned


@dataclass(frozen=True)
class Following:
    action: DeliveryAction
    at: datetime


@dataclass(frozen=True)
class Wish:
    """What a receiver that failed asks for; `overloaded` receivers ask without saying it."""

    overloaded: bool = False
    after: timedelta | None = None


NO_WISH = Wish()


def after_failure(attempts: int, now: datetime, chance: float, wish: Wish = NO_WISH) -> Following:
    """`attempts` have been made; `chance` from -1 to 1 moves the wait by up to a fifth."""
    if attempts >= len(SCHEDULE):
        return Following(DeliveryAction.FAIL, now)
    least = BREATH if wish.overloaded else timedelta(0)
    planned = max(SCHEDULE[attempts], least)
    scattered = planned * (1 + JITTER * chance)
    wished = min(wish.after or timedelta(0), planned * MOST_PATIENCE)
    return Following(DeliveryAction.RETRY, now + max(scattered, wished, least))
