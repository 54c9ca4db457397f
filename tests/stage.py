"""One service on a stage: a database of its own, a clock to move, events handed over by hand.

Every event is delivered twice, because that is what consumers must bear (X36).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

import httpx
from sqlalchemy import text

from shared.clock import BEIJING, SimulatedClock
from shared.contracts import Event, event_class
from shared.definition import Definition
from shared.hosting import Host, mounted
from shared.identity import SYSTEM, Actor, End, Issuer, TokenIssuer
from shared.messaging.in_process import InProcessTransport
from shared.messaging.outbox import envelop
from shared.settings import from_environment
from tests.environment import environment

START = datetime(2026, 3, 2, 9, 0, tzinfo=BEIJING)  # a Monday
ORIGIN = "http://hub.test"

E = TypeVar("E", bound=Event)


@dataclass
class ByHand:
    """A delivery whose settlement can be looked at."""

    body: bytes
    postponed: list[float] = field(default_factory=list)

    async def done(self) -> None:
        return None

    async def again_after(self, seconds: float) -> None:
        self.postponed.append(seconds)


@dataclass(frozen=True)
class Stage:
    host: Host
    clock: SimulatedClock

    async def hear(self, *events: Event, at: datetime | None = None) -> None:
        """Deliver each event, then all of them again; every one must be taken."""
        deliveries = self._deliveries(events, at)
        await self.host.consumer.receive(deliveries)
        await self.host.consumer.receive(deliveries)
        assert not any(each.postponed for each in deliveries), "a handler wants it later"

    async def hear_after_forgetting(self, event: Event) -> None:
        """Deliver an event, let the inbox forget it, and deliver the same event again."""
        (delivery,) = self._deliveries([event], None)
        await self.host.consumer.receive([delivery])
        async with self.host.runtime.database.transaction() as session:
            await session.execute(text("DELETE FROM inbox"))
        await self.host.consumer.receive([delivery])
        assert not delivery.postponed

    async def hear_early(self, event: Event) -> ByHand:
        """Deliver an event whose handler is expected to want it later."""
        (delivery,) = self._deliveries([event], None)
        await self.host.consumer.receive([delivery])
        assert delivery.postponed
        delivery.postponed.clear()
        return delivery

    def _deliveries(self, events: Sequence[Event], at: datetime | None) -> list[ByHand]:
        moment = at or self.clock.now()
        letters = [envelop(event, actor=SYSTEM, at=moment) for event in events]
        return [ByHand(letter.model_dump_json().encode()) for letter in letters]

    async def said(self, kind: type[E]) -> list[E]:
        """What the service published of one kind, oldest first."""
        query = text(
            "SELECT body::jsonb -> 'data' AS data FROM outbox WHERE type = :type ORDER BY position"
        )
        async with self.host.runtime.database.transaction() as session:
            rows = (await session.execute(query, {"type": kind.name})).all()
        assert event_class(kind.name, kind.version) is kind
        return [kind.model_validate(row.data) for row in rows]

    async def count(self, table: str, where: str = "true") -> int:
        async with self.host.runtime.database.transaction() as session:
            found = await session.execute(text(f"SELECT count(*) FROM {table} WHERE {where}"))
            return int(found.scalar_one())

    async def sweep(self) -> None:
        assert self.host.sweeper is not None
        await self.host.sweeper.sweep()

    def client(self, actor: Actor | None = None) -> httpx.AsyncClient:
        """A browser signed in as `actor` now; its token lives fifteen minutes of this clock."""
        headers = {"Authorization": f"Bearer {self._token(actor)}"} if actor else {}
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(app=mounted(self.host)),
            base_url=f"{ORIGIN}/{self.host.runtime.name}",
            headers=headers,
        )

    def _token(self, actor: Actor) -> str:
        issuer = Issuer.INTAKE if actor.end in {End.OWNER, End.INTEGRATION} else Issuer.ROUTING
        key = environment()[f"LIUDUAN_{issuer.upper()}_SIGNING_KEY"]
        return TokenIssuer(key, f"{issuer}-test", issuer, self.clock).issue(actor).value


@asynccontextmanager
async def staged(
    definition: Definition, url: str, clock: SimulatedClock | None = None, **variables: str
) -> AsyncIterator[Stage]:
    """`variables` are added to the environment of the run."""
    own = {
        f"LIUDUAN_{definition.name.upper()}_DATABASE_URL": url,
        "LIUDUAN_RETRY_DELAYS": "0,0,0,0,0",
    }
    settings = from_environment(definition.name, environment() | own | variables)
    clock = clock or SimulatedClock(START)
    host = await Host.open(definition, settings, clock, InProcessTransport())
    try:
        yield Stage(host, clock)
    finally:
        await host.stop()
