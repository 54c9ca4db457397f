"""What the other doors keep beside complaints is kept no longer than needed (facts 2.13)."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, or_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.intake.channels.domain.replies import ReplyStatus
from services.intake.channels.tables import (
    HotlineCorrection,
    HotlineReply,
    LetterSheet,
    RefusedOrder,
)
from shared.database import database_is_away
from shared.runtime import Runtime

ROUND = 3600.0  # seconds


async def forget_papers(runtime: Runtime) -> None:
    """A duty of the worker: a round every hour, until cancelled."""
    while True:
        try:
            await forget_once(runtime)
        except Exception as failure:  # house: edge — only an absent database is waited out
            if not database_is_away(failure):
                raise
        await asyncio.sleep(ROUND)


async def forget_once(runtime: Runtime) -> None:
    """A reply that the hotline has not taken yet is never forgotten (X44)."""
    now = runtime.clock.now()
    before = now - runtime.rulebooks.in_force_at(now).doors.papers_kept
    taken = col(HotlineReply.state) == ReplyStatus.TAKEN
    async with runtime.database.transaction() as session:
        for old in (
            delete(HotlineReply).where(taken, col(HotlineReply.at) < before),
            delete(HotlineCorrection).where(col(HotlineCorrection.received_at) < before),
            delete(RefusedOrder).where(col(RefusedOrder.last_at) < before),
            delete(LetterSheet).where(col(LetterSheet.expires_at) < before),
        ):
            await session.execute(old)


async def forget_papers_of(session: AsyncSession, complaints: Sequence[UUID]) -> None:
    """When their reporter has left: what other words an order had, replies already taken, sheets
    of letters that became one of the complaints. A refused order became none: it stays as long as
    papers are kept, by `forget_papers`.
    """
    if not complaints:
        return
    corrections = col(HotlineCorrection.complaint_id).in_(complaints)
    await session.execute(delete(HotlineCorrection).where(corrections))
    replies = col(HotlineReply.complaint_id).in_(complaints)
    taken = col(HotlineReply.state) == ReplyStatus.TAKEN
    await session.execute(delete(HotlineReply).where(replies, taken))
    named = [
        col(LetterSheet.outcome).contains([{"complaint_id": str(complaint)}])
        for complaint in complaints
    ]
    await session.execute(delete(LetterSheet).where(or_(*named)))
