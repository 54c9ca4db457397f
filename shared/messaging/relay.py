"""Moves committed outbox rows to the transport, and marks them sent once they are confirmed.

Rows are claimed by their flag with SKIP LOCKED, never by "greater than the last id seen": sequence
order is not commit order. Any number of relays may run side by side.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass

import asyncpg
from prometheus_client import Counter
from structlog import get_logger

from shared.database import Database
from shared.messaging.outbox import CHANNEL
from shared.messaging.transport import Message, Transport, TransportAway

BATCH = 500
POLL = 1.0  # seconds; the wake-up is only a hint
PAUSE_AFTER_FAILURE = 0.5  # seconds

CLAIM = """
    SELECT position, type, audience, body FROM outbox WHERE sent_at IS NULL AND position > $1
    ORDER BY position LIMIT $2 FOR UPDATE SKIP LOCKED
"""
MARK = """
    UPDATE outbox SET sent_at = clock_timestamp(), sends = sends + 1
    WHERE position = ANY($1::bigint[])
"""

SENT = Counter("liuduan_events_sent", "Events handed to the transport", ["service"])

logger = get_logger(__name__)


@dataclass(frozen=True)
class Batch:
    """What one transaction claimed, and how much of it is safe."""

    claimed: int = 0
    confirmed: int = 0
    last: int = 0

    @property
    def refused(self) -> bool:
        return self.confirmed < self.claimed


class Relay:
    def __init__(self, service: str, database: Database, transport: Transport) -> None:
        self._service = service
        self._database = database
        self._transport = transport
        self._wake = asyncio.Event()

    async def run(self) -> None:
        """Relay until cancelled; a lost database connection is waited out."""
        while True:
            try:
                await self._run_while_connected()
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as failure:
                logger.warning("relay_reconnects", error=type(failure).__name__)
                await asyncio.sleep(PAUSE_AFTER_FAILURE)

    async def _run_while_connected(self) -> None:
        connection = await self._database.listen(CHANNEL, self._wake.set)
        try:
            while True:
                await self.pump()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), POLL)
                self._wake.clear()
        finally:
            await connection.close(timeout=1)

    async def pump(self) -> int:
        """Send what is waiting; returns how many events were confirmed.

        Rows that are refused are passed over until the next round, so that they hold up nobody.
        """
        total, after = 0, 0
        while True:
            try:
                batch = await self._send_batch(after)
            except TransportAway as failure:
                logger.warning("transport_away", error=type(failure.__cause__).__name__)
                await asyncio.sleep(PAUSE_AFTER_FAILURE)
                return total
            total += batch.confirmed
            if batch.refused:
                after = batch.last
            if batch.claimed == BATCH:
                continue
            if after:
                await asyncio.sleep(PAUSE_AFTER_FAILURE)
            return total

    async def _send_batch(self, after: int) -> Batch:
        pool = await self._database.pool()
        async with pool.acquire() as connection, connection.transaction():
            rows = await connection.fetch(CLAIM, after, BATCH)
            if not rows:
                return Batch()
            confirmed = await self._send(rows)
            await connection.execute(MARK, confirmed)
        SENT.labels(self._service).inc(len(confirmed))
        return Batch(len(rows), len(confirmed), rows[-1]["position"])

    async def _send(self, rows: list[asyncpg.Record]) -> list[int]:
        """The positions of the rows that are safe; an event nobody hears is safe at once."""
        heard = [row for row in rows if row["audience"]]
        messages = [Message(row["type"], row["body"].encode()) for row in heard]
        outcomes = await self._transport.publish(messages) if messages else []
        sent = [row["position"] for row, ok in zip(heard, outcomes, strict=True) if ok]
        return sent + [row["position"] for row in rows if not row["audience"]]
