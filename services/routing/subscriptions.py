"""What routing hears: every capability's handlers register here."""

from __future__ import annotations

from shared.messaging import Subscriptions

subscriptions = Subscriptions()
