"""From outbox row to committed effect: our relay, RabbitMQ and our consumer, each in its process.

Beside it the same bodies, published by aio-pika alone into a queue that nobody reads.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import aio_pika
import asyncpg
from aio_pika.abc import AbstractChannel, AbstractExchange
from sqlalchemy.ext.asyncio import create_async_engine

from bench.copying import METADATA
from bench.processes import module, running
from deploy.embedded.keys import EMBEDDED, new_keys
from deploy.embedded.postgres import EmbeddedPostgres
from deploy.embedded.rabbitmq import EmbeddedRabbitMQ
from shared.clock import SystemClock
from shared.contracts.routing import ComplaintRefused, RefusedComplaint
from shared.contracts.vocabulary import RefusalReason
from shared.identity import SYSTEM
from shared.ids import new_id
from shared.messaging.outbox import CHANNEL, OutboxRow, outbox_row

EVENTS = 10_000  # per round
GATHERED = 500  # confirms waited for together
PLAIN = "bench.plain"
HINT = "此事项不属于物业服务纠纷，请向辖区派出所报警求助，电话一一〇。" * 2

FILL = """
    INSERT INTO outbox (id, type, audience, body)
    SELECT id, type, string_to_array(audience, ','), body
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) AS row (id, type, audience, body)
"""


@dataclass
class Chain:
    """`relay` and `publish` each move EVENTS events, and return how many a second."""

    publisher: asyncpg.Connection
    consumer: asyncpg.Connection
    channel: AbstractChannel
    bodies: Sequence[bytes] = ()
    sent: int = 0

    async def relay(self) -> float:
        """Until the last copy is committed."""
        rows = [_row() for _ in range(EVENTS)]
        self.bodies = [row.body.encode() for row in rows]
        self.sent += EVENTS
        await self.publisher.execute(FILL, *_columns(rows))
        started = perf_counter()
        await self.publisher.execute(f'NOTIFY "{CHANNEL}"')
        await self._all_in(self.consumer, "refusal_copy")
        taken = perf_counter() - started
        await self._all_in(self.publisher, "receipt")
        return EVENTS / taken

    async def publish(self) -> float:
        """Until the last confirm has come."""
        exchange = await self.channel.declare_exchange(PLAIN, "topic", durable=True)
        queue = await self.channel.declare_queue(
            PLAIN, durable=True, arguments={"x-queue-type": "quorum"}
        )
        await queue.bind(exchange, ComplaintRefused.name)
        bodies = self.bodies or [_row().body.encode() for _ in range(EVENTS)]
        started = perf_counter()
        for first in range(0, EVENTS, GATHERED):
            batch = bodies[first : first + GATHERED]
            await asyncio.gather(*(_publish(exchange, body) for body in batch))
        taken = perf_counter() - started
        await queue.delete(if_unused=False, if_empty=False)
        return EVENTS / taken

    async def _all_in(self, connection: asyncpg.Connection, table: str) -> None:
        counted = f"SELECT count(*) FROM {table}"
        while await connection.fetchval(counted) < self.sent:  # noqa: ASYNC110
            await asyncio.sleep(0.02)


@asynccontextmanager
async def chain(
    folder: Path, postgres: EmbeddedPostgres, broker: EmbeddedRabbitMQ
) -> AsyncIterator[Chain]:
    """Both workers run until the block ends."""
    names = ("routing", "intake")
    urls = {name: postgres.url(f"chain_{name}") for name in names}
    environment = new_keys(EMBEDDED) | {
        "LIUDUAN_AMQP_URL": broker.url,
        "LIUDUAN_AMQP_NAMESPACE": "bench",
        "LIUDUAN_LOG_LEVEL": "WARNING",
    }
    environment |= {f"LIUDUAN_{name.upper()}_DATABASE_URL": url for name, url in urls.items()}
    async with AsyncExitStack() as stack:
        for name in names:
            await postgres.create_database(f"chain_{name}")
            await _create_tables(urls[name])
            command = module("bench.copying", name)
            await stack.enter_async_context(running(command, environment, folder / f"{name}.log"))
        connection = await stack.enter_async_context(await aio_pika.connect(broker.url))
        routing, intake = [await asyncpg.connect(url) for url in urls.values()]
        yield Chain(routing, intake, await connection.channel(on_return_raises=True))
        await routing.close()
        await intake.close()


async def _create_tables(url: str) -> None:
    engine = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://", 1))
    async with engine.begin() as connection:
        await connection.run_sync(METADATA.create_all)
    await engine.dispose()


def _row() -> OutboxRow:
    refused = RefusedComplaint(id=new_id(), version=1, reason=RefusalReason.POLICE, hint=HINT)
    return outbox_row(ComplaintRefused(complaint=refused), actor=SYSTEM, at=SystemClock().now())


def _columns(rows: Sequence[OutboxRow]) -> tuple[list[object], ...]:
    return (
        [row.id for row in rows],
        [row.type for row in rows],
        [row.audience for row in rows],
        [row.body for row in rows],
    )


async def _publish(exchange: AbstractExchange, body: bytes) -> None:
    message = aio_pika.Message(body, delivery_mode=aio_pika.DeliveryMode.PERSISTENT)
    await exchange.publish(message, routing_key=ComplaintRefused.name)
