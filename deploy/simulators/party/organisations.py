"""The organisations one simulator stands for, their keys, and what they received."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel

from shared.signatures import (
    PrivateKey,
    Signer,
    Verifier,
    parse_signer,
    parse_verifier,
    verify,
)


class OrganisationUnknown(LookupError):
    """This simulator does not stand for that organisation."""


@dataclass(frozen=True)
class Organisation:
    """All of `own_keys` sign what it sends to the hub, which knows one of them: two while one
    replaces the other. Any of `hub_keys` may sign what it receives.
    """

    id: UUID
    own_keys: Sequence[Signer] = field(repr=False)
    hub_keys: Sequence[Verifier] = field(repr=False)


class ReceivedDelivery(BaseModel):
    """One webhook, however often it was delivered."""

    organisation_id: UUID
    webhook_id: str
    first_received_at: AwareDatetime
    times: int
    payload: Any


class Organisations:
    def __init__(self) -> None:
        self._enrolled: dict[UUID, Organisation] = {}
        self._received: dict[tuple[UUID, str], ReceivedDelivery] = {}

    def enrol(self, organisation_id: UUID, own_key: str, hub_keys: Sequence[str]) -> None:
        """Keys in their text form: `whsk_…` or `whsec_…`, and `whpk_…` or `whsec_…`.

        Enrolling again replaces the keys. Raises MalformedKey.
        """
        verifiers = [parse_verifier(key) for key in hub_keys]
        organisation = Organisation(organisation_id, [parse_signer(own_key)], verifiers)
        self._enrolled[organisation_id] = organisation

    def renew_own_key(self, organisation_id: UUID) -> str:
        """A new pair that signs beside the key so far; its public half (`whpk_…`) is for the hub.

        Raises OrganisationUnknown.
        """
        known, new = self.get(organisation_id), PrivateKey.generate()
        self._enrolled[organisation_id] = replace(known, own_keys=[new, known.own_keys[0]])
        return new.public().text()

    def trust(self, organisation_id: UUID, hub_keys: Sequence[str]) -> None:
        """Further keys that the hub may sign with. Raises OrganisationUnknown or MalformedKey."""
        known = self.get(organisation_id)
        more = [parse_verifier(key) for key in hub_keys]
        self._enrolled[organisation_id] = replace(known, hub_keys=[*more, *known.hub_keys])

    def get(self, organisation_id: UUID) -> Organisation:
        """Raises OrganisationUnknown."""
        try:
            return self._enrolled[organisation_id]
        except KeyError:
            raise OrganisationUnknown from None

    def receive(
        self, organisation_id: UUID, body: bytes, headers: Mapping[str, str], now: datetime
    ) -> ReceivedDelivery:
        """Keeps a delivery; a repeated one is only counted. Raises SignatureRejected.

        A copy within 300 seconds has a good signature, and a delivery whose answer was lost comes
        again: what tells them apart from something new is the id alone.
        """
        organisation = self.get(organisation_id)
        delivery = verify(body, headers, now=now, keys=organisation.hub_keys)
        key = (organisation_id, delivery.id)
        known = self._received.get(key)
        if known:
            known.times += 1
            return known
        self._received[key] = ReceivedDelivery(
            organisation_id=organisation_id,
            webhook_id=delivery.id,
            first_received_at=now,
            times=1,
            payload=json.loads(body),
        )
        return self._received[key]

    def received(self, organisation_id: UUID | None) -> list[ReceivedDelivery]:
        """Oldest first; of one organisation, or of all."""
        every = self._received.values()
        return [each for each in every if organisation_id in {None, each.organisation_id}]
