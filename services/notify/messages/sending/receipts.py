"""Fetching what the provider reports of text messages after it took them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select
from structlog import get_logger

from services.notify.messages.domain.course import Outcome
from services.notify.messages.domain.lifecycle import MessageStatus
from services.notify.messages.sending.claiming import channel_now
from services.notify.messages.sending.missing import go_past
from services.notify.messages.tables import Message, MessageAttempt
from shared.runtime import Runtime
from shared.sms import Fate, QueryFailed, Receipt, SmsChannel

POLL = 10.0  # seconds
PAUSE_AFTER_FAILURE = 600.0  # seconds; the queue may not be switched on at the vendor

logger = get_logger(__name__)


class ReceiptCollector:
    """`provider` None: there are no text messages."""

    def __init__(self, runtime: Runtime, provider: SmsChannel | None) -> None:
        self._runtime = runtime
        self._provider = provider
        self._pause = POLL

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            self._pause = POLL
            await self.pump()
            await asyncio.sleep(self._pause)

    async def pump(self) -> int:
        """Everything that is reported; returns how much of it was ours. A provider that does not
        answer is asked again later.
        """
        noted = 0
        while receipts := await self._reported():
            async with self._runtime.database.transaction() as session:
                noted += await _note(session, receipts, self._runtime.clock.now())
        return noted

    async def _reported(self) -> Sequence[Receipt]:
        if self._provider is None:
            return ()
        try:
            return await self._provider.receipts()
        except QueryFailed as failure:
            logger.warning("receipts_unavailable", error=str(failure))
            self._pause = PAUSE_AFTER_FAILURE
            return ()


async def _note(session: AsyncSession, receipts: Sequence[Receipt], now: datetime) -> int:
    """Those of codes for signing in are intake's, which asks for none."""
    reports = {
        attempt_id: each.report
        for each in receipts
        if (attempt_id := _attempt_id(each.request_id)) is not None
    }
    wanted = (
        select(MessageAttempt)
        .where(col(MessageAttempt.id).in_(list(reports)))
        .order_by(col(MessageAttempt.id))
        .with_for_update()
    )
    attempts = (await session.execute(wanted)).scalars().all()
    for attempt in attempts:
        report = reports[attempt.id]
        attempt.receipt, attempt.receipt_code, attempt.receipt_at = report.fate, report.code, now
        if report.fate is Fate.FAILED:
            await go_past(session, attempt, now)
    await _ask_soon(session, [each for each in attempts if each.outcome == Outcome.UNKNOWN], now)
    return len(attempts)


async def _ask_soon(
    session: AsyncSession, unknown: Sequence[MessageAttempt], now: datetime
) -> None:
    """What nobody knew of is known now: the question need not wait for its turn."""
    for attempt in unknown:
        wanted = (
            select(Message)
            .where(Message.id == attempt.message_id, Message.state == MessageStatus.WAITING)
            .where(col(Message.claimed_until).is_(None), channel_now() == attempt.channel)
            .with_for_update(skip_locked=True)
        )
        message = (await session.execute(wanted)).scalar_one_or_none()
        if message is not None:
            message.deliver_after = now


def _attempt_id(request_id: str) -> UUID | None:
    try:
        return UUID(hex=request_id)
    except ValueError:
        return None
