"""Taking messages that are due, so that nobody else sends them meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.notify.messages.domain.course import Outcome
from services.notify.messages.domain.lifecycle import MessageStatus
from services.notify.messages.tables import Message, MessageAttempt
from shared.ids import new_id

BATCH = 50
LEASE = timedelta(seconds=90)  # longer than any channel may take

Claimed = tuple[Message, MessageAttempt]


async def claim(session: AsyncSession, now: datetime, *, quiet: bool) -> Sequence[Claimed]:
    """Up to a batch of due messages, each with an attempt begun; when `quiet`, the urgent ones."""
    due = (
        select(Message)
        .where(Message.state == MessageStatus.WAITING, Message.deliver_after <= now)
        .where(col(Message.claimed_until).is_(None))
        .order_by(col(Message.deliver_after), col(Message.id))
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    if quiet:
        due = due.where(~col(Message.quiet))
    messages = (await session.execute(due)).scalars().all()
    return [(message, _begin(session, message, now)) for message in messages]


def _begin(session: AsyncSession, message: Message, now: datetime) -> MessageAttempt:
    message.claimed_until = now + LEASE
    attempt = MessageAttempt(
        id=new_id(), message_id=message.id, channel=message.course.channel, started_at=now
    )
    session.add(attempt)
    return attempt


async def abandoned(session: AsyncSession, now: datetime) -> Sequence[Claimed]:
    """Messages whose sender died between claiming and recording."""
    wanted = (
        select(Message, MessageAttempt)
        .join(MessageAttempt, col(MessageAttempt.message_id) == Message.id)
        .where(Message.state == MessageStatus.WAITING, col(Message.claimed_until) < now)
        .where(MessageAttempt.outcome == Outcome.STARTED)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    return [(message, attempt) for message, attempt in await session.execute(wanted)]


async def unresolved(
    session: AsyncSession, messages: Iterable[UUID]
) -> Mapping[tuple[UUID, str], MessageAttempt]:
    """By message and channel: the first attempt that may have delivered."""
    wanted = (
        select(MessageAttempt)
        .where(col(MessageAttempt.message_id).in_(list(messages)))
        .where(MessageAttempt.outcome == Outcome.UNKNOWN)
        .order_by(col(MessageAttempt.id).desc())
    )
    attempts = (await session.execute(wanted)).scalars()
    return {(attempt.message_id, attempt.channel): attempt for attempt in attempts}
