"""Events between services: publish into the outbox, subscribe, keep copies."""

from __future__ import annotations

from shared.messaging.copies import keep_newest
from shared.messaging.outbox import publish
from shared.messaging.subscriptions import Reception, Subscriptions

__all__ = ["Reception", "Subscriptions", "keep_newest", "publish"]
