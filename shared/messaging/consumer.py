"""Receives deliveries for one service: opens them, has them handled, settles, owes a receipt."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from structlog import get_logger

from shared.database import database_is_away
from shared.messaging import parked
from shared.messaging.attempts import HANDLED, Attempts, Job, Postponed
from shared.messaging.letter import Letter, Receipt, Unreadable, open_letter
from shared.messaging.receipts import ReceiptBook, record_receipts
from shared.messaging.subscriptions import Subscriptions
from shared.messaging.transport import Delivery

if TYPE_CHECKING:
    from shared.runtime import Runtime

PAUSE_AFTER_FAILURE = 0.5  # seconds
TICK = 0.5  # seconds between receipts, and between looks for replays

logger = get_logger(__name__)


class Consumer:
    def __init__(self, runtime: Runtime, subscriptions: Subscriptions) -> None:
        self._runtime = runtime
        self._database = runtime.database
        self._subscriptions = subscriptions
        self._attempts = Attempts(runtime, runtime.settings.retry_delays)
        self._receipts = ReceiptBook(runtime.name, runtime.transport)

    async def run(self) -> None:
        """Consume until cancelled; what is in hand then is delivered again."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._tick())
            group.create_task(self._runtime.transport.consume(self._runtime.name, self.receive))

    async def receive(self, deliveries: Sequence[Delivery]) -> None:
        """Deal with a batch. A database that is away is not the messages' fault: wait for it."""
        while True:
            try:
                await self._receive(deliveries)
                return
            except Exception as failure:  # house: edge — only an absent database is waited out
                if not database_is_away(failure):
                    raise
                logger.warning("consumer_waits", error=type(failure).__name__)
                await asyncio.sleep(PAUSE_AFTER_FAILURE)

    async def _receive(self, deliveries: Sequence[Delivery]) -> None:
        opened = [await self._open(delivery) for delivery in deliveries]
        letters = [letter for letter in opened if letter is not None]
        jobs = [
            Job(letter, subscription)
            for letter in letters
            for subscription in self._subscriptions.of(letter.envelope.type)
        ]
        postponed = await self._attempts.work(jobs) if jobs else {}
        for letter in letters:
            await self._settle(letter, postponed)
        if self._receipts.full:
            await self._receipts.send()

    async def _open(self, delivery: Delivery) -> Letter | None:
        """The letter, or nothing when the delivery could be settled here."""
        try:
            opened = open_letter(delivery)
        except Unreadable as failure:
            await self._park_unreadable(delivery, failure)
            return None
        if isinstance(opened, Receipt):
            await self._record(delivery, opened)
            return None
        if opened.event is None:
            HANDLED.labels(self._runtime.name, "unknown").inc()
        return opened

    async def _record(self, delivery: Delivery, receipt: Receipt) -> None:
        async with self._database.transaction() as session:
            await record_receipts(session, receipt.service, receipt.event_ids)
        await delivery.done()

    async def _park_unreadable(self, delivery: Delivery, failure: Unreadable) -> None:
        body = delivery.body.decode(errors="replace")
        parking = parked.Parking(
            failure.event_id, "", failure.type, failure.publisher, body, attempts=1
        )
        async with self._database.transaction() as session:
            await parked.park(session, parking, failure)
        if failure.event_id is not None:
            self._receipts.owe(failure.publisher, failure.event_id)
        HANDLED.labels(self._runtime.name, "unreadable").inc()
        await delivery.done()

    async def _settle(self, letter: Letter, postponed: Postponed) -> None:
        delays = [d for key, d in postponed.items() if key[0] == letter.envelope.id]
        if delays:
            await letter.delivery.again_after(min(delays))
            return
        self._receipts.owe(letter.envelope.publisher, letter.envelope.id)
        await letter.delivery.done()

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK)
            await self._receipts.send()
            try:
                await self.replay()
            except Exception as failure:  # house: edge — only an absent database is waited out
                if not database_is_away(failure):
                    raise

    async def replay(self) -> int:
        """Hand out the parked messages an operator asked for; returns how many there were."""
        async with self._database.transaction() as session:
            wanted = await parked.replays(session)
        for parked_id, body in wanted:
            await self.receive([_Replay(body, parked_id, self)])
        return len(wanted)

    async def mark_replayed(self, parked_id: UUID) -> None:
        async with self._database.transaction() as session:
            await parked.replayed(session, parked_id)


@dataclass(frozen=True)
class _Replay:
    """A parked message on its way again; while it fails it stays asked for, until it is parked."""

    body: bytes
    parked_id: UUID
    consumer: Consumer

    async def done(self) -> None:
        await self.consumer.mark_replayed(self.parked_id)

    async def again_after(self, seconds: float) -> None:
        return None
