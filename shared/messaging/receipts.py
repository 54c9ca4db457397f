"""Receipts and reconciliation: what was sent but never arrived is sent again.

A consumer tells each publisher which events it has dealt with. A publisher looks once a minute for
events that lack the receipt of a service of their audience, so that even a wiped broker loses none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.messaging.letter import Receipt, ReceiptLetter
from shared.messaging.transport import Message, Transport, TransportAway

FULL = 1_000

RECORD = text("""
    INSERT INTO receipt (event_id, service)
    SELECT id, :service FROM unnest(CAST(:ids AS uuid[])) AS id ORDER BY id
    ON CONFLICT DO NOTHING
""")

SETTLE = text("""
    UPDATE outbox SET settled_at = clock_timestamp()
    WHERE settled_at IS NULL AND sent_at IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM unnest(outbox.audience) AS wanted (service)
        WHERE NOT EXISTS (SELECT 1 FROM receipt
                          WHERE receipt.event_id = outbox.id AND receipt.service = wanted.service))
""")

# Every further attempt waits twice as long, up to an hour: a service that is down for long must
# not find thousands of copies in its queue.
RESEND = text("""
    UPDATE outbox SET sent_at = NULL
    WHERE settled_at IS NULL
      AND sent_at <= clock_timestamp() - make_interval(
              secs => least(:patience * power(2, least(sends, 20) - 1), 3600))
""")

FORGET_OUTBOX = text("""
    WITH gone AS (DELETE FROM outbox
                  WHERE settled_at < clock_timestamp() - make_interval(days => :days)
                  RETURNING id)
    DELETE FROM receipt USING gone WHERE receipt.event_id = gone.id
""")

FORGET_INBOX = text("""
    DELETE FROM inbox WHERE handled_at < clock_timestamp() - make_interval(days => :days)
""")


class ReceiptBook:
    """Gathers receipts in memory; a lost one only costs a redelivery that changes nothing."""

    def __init__(self, service: str, transport: Transport) -> None:
        self._service = service
        self._transport = transport
        self._owed: dict[str, list[UUID]] = defaultdict(list)

    @property
    def full(self) -> bool:
        return any(len(ids) >= FULL for ids in self._owed.values())

    def owe(self, publisher: str, event_id: UUID) -> None:
        self._owed[publisher].append(event_id)

    async def send(self) -> None:
        owed, self._owed = self._owed, defaultdict(list)
        if not owed:
            return
        messages = [self._message(publisher, ids) for publisher, ids in owed.items()]
        with suppress(TransportAway):
            await self._transport.publish(messages)

    def _message(self, publisher: str, ids: Sequence[UUID]) -> Message:
        receipt = Receipt(service=self._service, event_ids=tuple(ids))
        body = ReceiptLetter(receipt=receipt).model_dump_json()
        return Message(f"receipt.{publisher}", body.encode())


async def record_receipts(session: AsyncSession, service: str, ids: Sequence[UUID]) -> None:
    await session.execute(RECORD, {"service": service, "ids": list(ids)})


async def reconcile(session: AsyncSession, *, patience: float) -> int:
    """Settle what everybody has; send again what somebody lacks after `patience` seconds."""
    await session.execute(SETTLE)
    resent = await session.execute(RESEND, {"patience": patience})
    return int(resent.rowcount)  # type: ignore[attr-defined]


async def forget(session: AsyncSession, *, outbox_days: int, inbox_days: int) -> None:
    """Drop what is older than anyone may ask for again."""
    await session.execute(FORGET_OUTBOX, {"days": outbox_days})
    await session.execute(FORGET_INBOX, {"days": inbox_days})
