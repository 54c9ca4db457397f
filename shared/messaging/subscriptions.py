"""Which function hears which event: one table per service, filled by decorators."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from shared.contracts import Envelope, Event
from shared.tracing import Trace

if TYPE_CHECKING:
    from shared.runtime import Runtime

E = TypeVar("E", bound=Event)


@dataclass(frozen=True)
class Reception(Generic[E]):
    """One event as a handler gets it: `now` is when it is handled, `envelope.time` the fact's."""

    event: E
    envelope: Envelope
    session: AsyncSession
    runtime: Runtime
    now: datetime

    @property
    def trace(self) -> Trace:
        """What follows from this event belongs to its story; for `with traced(…)` in a batch."""
        envelope = self.envelope
        return Trace(envelope.correlationid, envelope.id, envelope.traceparent)


Handler = Callable[[Reception[Any]], Awaitable[None]]
BatchHandler = Callable[[Sequence[Reception[Any]]], Awaitable[None]]


@dataclass(frozen=True)
class Subscription:
    """`name` keys the inbox: renaming a handler makes it handle everything again."""

    name: str
    handle: BatchHandler
    together: bool = False


@dataclass
class Subscriptions:
    """`@subscriptions.on(Event)` for a reaction, `@subscriptions.batch(Event, …)` for a copy."""

    by_type: dict[str, list[Subscription]] = field(default_factory=dict)

    def on(self, *events: type[Event]) -> Callable[[Handler], Handler]:
        """The function is called once per event, in a transaction it shares with the inbox row."""

        def register(handler: Handler) -> Handler:
            self._add(events, Subscription(handler.__name__, _one_by_one(handler)))
            return handler

        return register

    def batch(self, *events: type[Event]) -> Callable[[BatchHandler], BatchHandler]:
        """The function gets many events at once; it must not depend on their order."""

        def register(handler: BatchHandler) -> BatchHandler:
            self._add(events, Subscription(handler.__name__, handler, together=True))
            return handler

        return register

    def of(self, event_type: str) -> Sequence[Subscription]:
        return self.by_type.get(event_type, ())

    def _add(self, events: Sequence[type[Event]], subscription: Subscription) -> None:
        for name in dict.fromkeys(event.name for event in events):  # versions share their name
            self.by_type.setdefault(name, []).append(subscription)


def _one_by_one(handler: Handler) -> BatchHandler:
    async def handle(receptions: Sequence[Reception[Any]]) -> None:
        for reception in receptions:
            await handler(reception)

    return handle
