"""What carries messages between services; RabbitMQ and the in-process one look alike."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from shared.contracts import catalogue, heard_by

SERVICES = ("intake", "routing", "survey", "notify")


class TransportAway(Exception):
    """Nobody is there to take messages; none of them was handed over for certain."""


@dataclass(frozen=True)
class Message:
    """`key` is the event's name, or `receipt.<publisher>` for receipts."""

    key: str
    body: bytes


class Delivery(Protocol):
    """One message as it reached one service; it must be settled exactly once."""

    @property
    def body(self) -> bytes: ...

    async def done(self) -> None:
        """It was dealt with; forget it."""
        ...

    async def again_after(self, seconds: float) -> None:
        """Deliver it again, not before `seconds` have passed."""
        ...


Receive = Callable[[Sequence[Delivery]], Awaitable[None]]


class Transport(Protocol):
    @property
    def name(self) -> str:
        """What to tell the operator, without credentials."""
        ...

    async def publish(self, messages: Sequence[Message]) -> list[bool]:
        """For each message, in order: is it safely in every queue that wants it?

        Ends within seconds. Raises TransportAway.
        """
        ...

    async def consume(self, service: str, receive: Receive) -> None:
        """Hand batches to `receive` until cancelled."""
        ...

    async def close(self) -> None: ...


def keys_for(service: str) -> tuple[str, ...]:
    """The routing keys a service's queue is bound to."""
    return (*(event.name for event in heard_by(service)), f"receipt.{service}")


def services_for(key: str) -> tuple[str, ...]:
    if key.startswith("receipt."):
        return (key.removeprefix("receipt."),)
    return _AUDIENCES.get(key, ())


_AUDIENCES = {event.name: event.audience for event in catalogue()}
