"""What is handed in at the desk, and what the desk hands back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from services.intake.complaints.domain.placing import Wish
from shared.contracts.vocabulary import Channel
from shared.identity import Actor
from shared.tracing import Trace


@dataclass(frozen=True, slots=True)
class OnceKey:
    """An Idempotency-Key of `holder`, and the fingerprint of what was sent with it."""

    holder: str
    key: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Filing:
    """A complaint on its way in. `only_at_home` asks for a verified home in the estate (A04).

    `contact_mobile` is ciphertext.
    """

    id: UUID
    once: OnceKey
    actor: Actor
    channel: Channel
    wish: Wish
    only_at_home: bool
    title: str = field(repr=False)
    text: str = field(repr=False)
    submitted_at: datetime
    promised_from: datetime
    trace: Trace
    owner_id: UUID | None = None
    place: str | None = field(default=None, repr=False)
    category: str | None = None
    confidential: bool = False
    anonymous: bool = False
    external_number: str | None = None
    contact_mobile: str | None = field(default=None, repr=False)

    @property
    def hidden(self) -> bool:
        """Nothing that is told may lead to the reporter (X15, X16)."""
        return self.confidential or self.anonymous


@dataclass(frozen=True, slots=True)
class Filed:
    """`replayed` says that this key had been answered so before."""

    id: UUID
    number: str
    submitted_at: datetime
    replayed: bool = False
