"""What every channel is given, what it promises, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, runtime_checkable
from uuid import UUID

from services.notify.copies.contacts import Contact
from services.notify.messages.domain.course import Outcome
from services.notify.messages.domain.wording import Card


@dataclass(frozen=True)
class Earlier:
    """An attempt of which nobody knows whether it arrived; the provider can be asked."""

    attempt_id: UUID
    started_at: datetime


@dataclass(frozen=True)
class Parcel:
    """One message on its way by one channel. `contact` is None while the person is not known here.

    `allowance` is how many WeChat messages of the template the person still accepts.
    """

    attempt_id: UUID
    message_id: UUID
    recipient_id: UUID
    channel: str
    notification: str
    template: str
    card: Card
    contact: Contact | None = field(repr=False)
    allowance: int
    earlier: Earlier | None = None


@dataclass(frozen=True)
class Result:
    """`reason` is a code, the provider's or ours, `reference` the provider's number.

    `segments` is how many messages the provider bills, where it says so; `closed_until` when the
    channel takes messages again, where that is known.
    """

    outcome: Outcome
    reason: str | None = None
    reference: str | None = None
    segments: int | None = None
    closed_until: datetime | None = None


class Channel(Protocol):
    async def send(self, parcel: Parcel) -> Result:
        """Try once, with no transaction open. Raises nothing that the provider could cause."""
        ...


@runtime_checkable
class Priced(Protocol):
    """A channel whose messages cost money."""

    def segments(self, parcel: Parcel) -> int:
        """How many messages the provider will bill; 0 when nothing will be sent."""
        ...


Channels = Mapping[str, Channel]

NOT_CONFIGURED = Result(Outcome.REFUSED, "NOT_CONFIGURED")
NO_ADDRESS = Result(Outcome.REFUSED, "NO_ADDRESS")
STRANGER = Result(Outcome.POSTPONED, "RECIPIENT_UNKNOWN")
