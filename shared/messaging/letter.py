"""Opens a delivery: an event in its envelope, a receipt, or something nobody can read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID

from pydantic import ConfigDict, ValidationError

from shared.contracts import Envelope, Event, event_class, known_name
from shared.contracts.event import Contract
from shared.messaging.transport import Delivery


class Unreadable(Exception):
    """The body is no JSON, no envelope, or an event of a version we do not know."""

    def __init__(
        self, *, event_id: UUID | None = None, type: str = "?", publisher: str = "?"
    ) -> None:
        self.event_id = event_id
        self.type = type
        self.publisher = publisher
        super().__init__(type)


class Receipt(Contract):
    """A service has dealt with these events."""

    service: str
    event_ids: tuple[UUID, ...]


class ReceiptLetter(Contract):
    """What stands in the body of a receipt."""

    receipt: Receipt


class Arrived(Envelope):
    """An envelope as it comes in: a newer publisher may have added attributes."""

    model_config = ConfigDict(frozen=True, extra="ignore")


@dataclass(frozen=True)
class Letter:
    """`event` is absent for types nobody here has heard of."""

    delivery: Delivery
    envelope: Envelope
    event: Event | None

    @property
    def known_event(self) -> Event:
        assert self.event is not None, "only known events have subscriptions"
        return self.event


def open_letter(delivery: Delivery) -> Letter | Receipt:
    """Raises Unreadable."""
    try:
        envelope = Arrived.model_validate_json(delivery.body)
    except ValidationError:
        return _receipt(delivery.body)
    kind = event_class(envelope.type, envelope.typeversion)
    if kind is None:
        return Letter(delivery, _of_unknown_type(envelope), None)
    try:
        return Letter(delivery, envelope, kind.model_validate(envelope.data))
    except ValidationError:
        raise _unreadable(envelope) from None


def _receipt(body: bytes) -> Receipt:
    try:
        return ReceiptLetter.model_validate_json(body).receipt
    except ValidationError:
        raise _without_envelope(body) from None


def _without_envelope(body: bytes) -> Unreadable:
    """Enough to give a receipt, where the rest cannot be read."""
    try:
        content = json.loads(body)
        event_id = UUID(content["id"])
    except (KeyError, ValueError, TypeError, AttributeError):
        return Unreadable()
    publisher = str(content.get("source", "?")).rsplit("/", 1)[-1]
    return Unreadable(event_id=event_id, type=str(content.get("type", "?")), publisher=publisher)


def _of_unknown_type(envelope: Envelope) -> Envelope:
    """An unknown type is none of our business; an unknown version of a known type is."""
    if known_name(envelope.type):
        raise _unreadable(envelope)
    return envelope


def _unreadable(envelope: Envelope) -> Unreadable:
    return Unreadable(event_id=envelope.id, type=envelope.type, publisher=envelope.publisher)
