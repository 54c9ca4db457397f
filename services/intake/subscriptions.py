"""The one table of what intake hears; the `handlers` of each capability fill it."""

from __future__ import annotations

from shared.messaging import Subscriptions

subscriptions = Subscriptions()
