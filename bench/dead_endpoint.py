"""What a dead endpoint costs the others: the whole webhook sender, with and without one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import quantiles
from uuid import UUID, uuid4

from sqlalchemy import text

from bench.rounds import Rounds
from deploy.embedded.keys import EMBEDDED, new_keys
from deploy.embedded.postgres import EmbeddedPostgres
from services.notify.app import service
from services.notify.webhooks.commands.announcing import BELL
from services.notify.webhooks.sending.posting import Posting
from services.notify.webhooks.sending.sender import WebhookSender
from services.notify.webhooks.sending.ways import Egress
from services.notify.webhooks.tables import WebhookDelivery, WebhookEndpoint
from shared.clock import SystemClock
from shared.composition import compose_runtime
from shared.egress import SystemResolver, tls
from shared.ids import new_id
from shared.messaging.in_process import InProcessTransport
from shared.migrating import upgrade
from shared.runtime import Runtime
from shared.settings import from_environment
from shared.signatures import PrivateKey

PER_SECOND = 30
DELIVERIES = 150  # of a spell: three for every endpoint
PATIENCE = 1.0  # seconds: fifteen in service; here time-outs must fall within a spell
BODY = b"x" * 1_000

TOOK = text("""
    SELECT extract(epoch FROM attempt.ended_at - delivery.created_at) * 1000
    FROM webhook_delivery AS delivery
    JOIN webhook_attempt AS attempt ON attempt.delivery_id = delivery.id
    WHERE delivery.endpoint_id <> :last
""")


async def neighbours(folder: Path, ports: Sequence[int], seconds: float) -> Rounds:
    """Rounds of p95 in ms over the healthy endpoints; the last of the ports is dead."""
    postgres = EmbeddedPostgres(folder)
    try:
        postgres.start()
        await postgres.create_database("notify")
        url = postgres.url("notify")
        await asyncio.to_thread(upgrade, service.migrations, url)
        runtime = _runtime(url)
        rounds = Rounds()
        spell = Spell(runtime, ports)
        await spell.p95(dead=False)  # the first ones also pay for connections and plans
        variants = {
            "all well": partial(spell.p95, dead=False),
            "one dead": partial(spell.p95, dead=True),
        }
        await rounds.measure(variants, seconds)
        await runtime.database.dispose()
    finally:
        postgres.stop()
    return rounds


def _runtime(url: str) -> Runtime:
    variables = new_keys(EMBEDDED) | {"LIUDUAN_NOTIFY_DATABASE_URL": url}
    settings = from_environment("notify", variables)
    return compose_runtime(settings, SystemClock(), InProcessTransport())


def _posting() -> Posting:
    way = Egress(SystemResolver(), tls(), this_machine=True)
    return Posting(way, total_timeout=PATIENCE)


@dataclass
class Spell:
    """A few seconds of traffic, each delivery about a case of its own."""

    runtime: Runtime
    ports: Sequence[int]

    async def p95(self, *, dead: bool) -> float:
        *well, last = self.ports
        endpoints = await self._endpoints([*well[:-1], last if dead else well[-1]])
        sender = WebhookSender(self.runtime, [PrivateKey.generate()], _posting())
        running = asyncio.create_task(sender.run())
        for number in range(DELIVERIES):
            await self._deliver(endpoints[number % len(endpoints)])
            await asyncio.sleep(1 / PER_SECOND)
        took = await self._took(endpoints)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await sender.close()
        return quantiles(took, n=20)[18]

    async def _endpoints(self, ports: Sequence[int]) -> Sequence[UUID]:
        """New ones, in the order of the ports."""
        now, organisation = self.runtime.clock.now(), uuid4()
        rows = [
            WebhookEndpoint(
                id=uuid4(),
                organisation_id=organisation,
                url=f"http://127.0.0.1:{port}/hook",
                events=[],
                created_at=now,
            )
            for port in ports
        ]
        async with self.runtime.database.transaction() as session:
            for table in ("webhook_delivery", "webhook_attempt", "webhook_endpoint"):
                await session.execute(text(f"DELETE FROM {table}"))
            session.add_all(rows)
        return [row.id for row in rows]

    async def _deliver(self, endpoint_id: UUID) -> None:
        now = self.runtime.clock.now()
        row = WebhookDelivery(
            id=new_id(),
            endpoint_id=endpoint_id,
            organisation_id=uuid4(),
            event_id=uuid4(),
            event_type="bench",
            case_id=uuid4(),
            body=BODY,
            next_at=now,
            created_at=now,
        )
        async with self.runtime.database.transaction() as session:
            session.add(row)
        self.runtime.database.ring(BELL)

    async def _took(self, endpoints: Sequence[UUID]) -> Sequence[float]:
        """Of the healthy ones but the last place, which is the dead one's in the other variant."""
        expected = DELIVERIES - DELIVERIES // len(endpoints)
        while True:
            async with self.runtime.database.transaction() as session:
                took = (await session.execute(TOOK, {"last": endpoints[-1]})).scalars().all()
            if len(took) == expected:
                return [float(each) for each in took]
            await asyncio.sleep(0.02)
