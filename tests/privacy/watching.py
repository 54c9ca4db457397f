"""Everything that a system writes down about its work, from the outside."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager

import aio_pika
import structlog
from sqlalchemy import text

from deploy.demo.stories import Stage
from shared.logs import configure_logs
from shared.settings import from_environment

SERVICES = ("intake", "routing", "survey", "notify")
WRITTEN = {
    "outbox": "SELECT body::text FROM outbox",
    "inbox": "SELECT row_to_json(inbox)::text FROM inbox",
    "parked messages": "SELECT row_to_json(parked_message)::text FROM parked_message",
    "audit log": "SELECT row_to_json(audit_entry)::text FROM audit_entry",
    "receipts": "SELECT row_to_json(receipt)::text FROM receipt",
    "stored answers": "SELECT answer FROM idempotency_key WHERE answer IS NOT NULL",
}


@contextmanager
def talkative_log(keys: Mapping[str, str]) -> Iterator[io.StringIO]:
    """Production's log at its most talkative; the suite's own afterwards."""
    root, before = logging.getLogger(), structlog.get_config()
    level, handlers = root.level, list(root.handlers)
    output = io.StringIO()
    settings = from_environment("intake", {**keys, "LIUDUAN_LOG_LEVEL": "DEBUG"})
    configure_logs(settings, output)
    root.setLevel(logging.DEBUG)
    try:
        yield output
    finally:
        structlog.configure(**before)
        root.setLevel(level)
        root.handlers[:] = handlers


@asynccontextmanager
async def eavesdropping(url: str | None, exchange: str) -> AsyncIterator[list[str]]:
    """Bodies and headers of every message on the exchange; none without a broker."""
    heard: list[str] = []
    if url is None:
        yield heard
        return
    connection = await aio_pika.connect(url)
    async with connection, connection.channel() as channel:
        queue = await channel.declare_queue(exclusive=True)
        await queue.bind(exchange, routing_key="#")

        async def note(message: aio_pika.abc.AbstractIncomingMessage) -> None:
            async with message.process():
                heard.append(f"{message.routing_key} {message.headers} {message.body.decode()}")

        await queue.consume(note)
        yield heard
        await asyncio.sleep(0)


async def written_down(stage: Stage) -> dict[str, str]:
    """What lies in the mechanisms' tables of all services, and their metrics."""
    places: dict[str, str] = {}
    for name in SERVICES:
        database = stage.system.hosts[name].runtime.database
        async with database.transaction() as session:
            for what, query in WRITTEN.items():
                rows = (await session.execute(text(query))).scalars()
                places[f"{what} of {name}"] = "\n".join(map(str, rows))
        metrics = await stage.client.get(f"/{name}/metrics")
        places[f"metrics of {name}"] = metrics.text
    return places
