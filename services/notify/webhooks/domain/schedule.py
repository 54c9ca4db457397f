"""When a delivery is tried again (Standard Webhooks 1.0.0: ten attempts over three days)."""

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


@dataclass(frozen=True)
class Following:
    action: DeliveryAction
    at: datetime


def after_failure(attempts: int, now: datetime, chance: float) -> Following:
    """`attempts` have been made; `chance` from -1 to 1 moves the wait by up to a fifth."""
    if attempts >= len(SCHEDULE):
        return Following(DeliveryAction.FAIL, now)
    return Following(DeliveryAction.RETRY, now + SCHEDULE[attempts] * (1 + JITTER * chance))


def is_success(status: int | None) -> bool:
    """Only 2xx; a redirect is a failure and is never followed."""
    return status is not None and 200 <= status < 300
