"""What is handed in at the desk, and what the desk hands back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from services.intake.complaints.domain.doors import DoorKind
from services.intake.complaints.domain.placing import Wish
from shared.contracts.narrative import Location, Proof
from shared.identity import Actor
from shared.rulebook import Rulebook
from shared.tracing import Trace


@dataclass(frozen=True, slots=True)
class OnceKey:
    """An Idempotency-Key of `holder`, and the fingerprint of what was sent with it."""

    holder: str
    key: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Filing:
    """A complaint on its way in. `in_person` means that its owner files it, so that consent,
    guardian, home and limits are asked for (A04, X41); `visitor` goes without the home (X42),
    one with `calls`, the numbers to ring at once, under
    the limit of danger alone (X31). `address` is a keyed hash of where the request came from.

    `location`, `contact_name`, `contact_mobile` and `details` are ciphertext; `spot` is the
    location as routing is told it.
    """

    id: UUID
    once: OnceKey
    actor: Actor
    door: DoorKind
    wish: Wish
    in_person: bool
    title: str = field(repr=False)
    text: str = field(repr=False)
    submitted_at: datetime
    promised_from: datetime
    rulebook: Rulebook = field(repr=False)
    trace: Trace
    owner_id: UUID | None = None
    place: str | None = field(default=None, repr=False)
    category: str | None = None
    confidential: bool = False
    anonymous: bool = False
    visitor: bool = False
    calls: tuple[str, ...] = ()
    address: str | None = field(default=None, repr=False)
    attachments: tuple[UUID, ...] = ()
    spot: Location | None = field(default=None, repr=False)
    location: str | None = field(default=None, repr=False)
    proofs: tuple[Proof, ...] = ()
    joins: UUID | None = None
    external_number: str | None = None
    client_id: UUID | None = None
    submitted_by: UUID | None = None
    contact_name: str | None = field(default=None, repr=False)
    contact_mobile: str | None = field(default=None, repr=False)
    details: str | None = field(default=None, repr=False)

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
