"""Taking messages that are due, so that nobody else sends them meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Time, and_, case, exists, func, literal, not_, or_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.notify.messages.domain.course import CAN_BE_ASKED, INBOX, Outcome
from services.notify.messages.domain.lifecycle import MessageStatus
from services.notify.messages.tables import Message, MessageAttempt
from shared.clock import BEIJING
from shared.ids import new_id
from shared.rulebook.sections.notices import QuietHours

BATCH = 50
PATIENCE = timedelta(seconds=15)  # for one answer of a channel; after that nobody knows (P3)
LEASE = PATIENCE + timedelta(seconds=5)  # and the time to write the answer down (T6: 20 s)

Claimed = tuple[Message, MessageAttempt]


async def claim(
    session: AsyncSession, now: datetime, night: QuietHours, single: Sequence[UUID]
) -> Sequence[Claimed]:
    """Up to a batch of due messages that nothing holds, each with an attempt begun.

    `night` are the city's quiet hours; of the tasks that could be told together `single` go alone.
    """
    due = (
        select(Message)
        .where(Message.state == MessageStatus.WAITING, Message.deliver_after <= now)
        .where(col(Message.claimed_until).is_(None))
        .where(not_(_is_quiet(now, night)), _goes_alone(single))
        .order_by(col(Message.deliver_after), col(Message.id))
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    messages = (await session.execute(due)).scalars().all()
    return [(message, _begin(session, message, now)) for message in messages]


def _is_quiet(now: datetime, night: QuietHours) -> ColumnElement[bool]:
    """Also for what was due before the night and comes to be sent in it."""
    here = literal(now.astimezone(BEIJING).time(), Time)
    begins = func.coalesce(col(Message.quiet_begins), literal(night.begins, Time))
    ends = func.coalesce(col(Message.quiet_ends), literal(night.ends, Time))
    within = case(
        (begins <= ends, and_(here >= begins, here < ends)),
        else_=or_(here >= begins, here < ends),
    )
    return and_(col(Message.quiet), within, not_(_is_asked_about()))


def _is_asked_about() -> ColumnElement[bool]:
    """Whether the next attempt only asks the provider: that wakes nobody (P3)."""
    return exists().where(
        col(MessageAttempt.message_id) == col(Message.id),
        col(MessageAttempt.outcome) == Outcome.UNKNOWN,
        col(MessageAttempt.channel) == channel_now(),
        channel_now().in_(CAN_BE_ASKED),
    )


def _goes_alone(single: Sequence[UUID]) -> ColumnElement[bool]:
    return or_(
        not_(col(Message.digestible)), channel_now() == INBOX, col(Message.id).in_(list(single))
    )


def channel_now() -> ColumnElement[str]:
    """The channel whose turn it is."""
    return col(Message.channels)[col(Message.step) + 1]


def _begin(session: AsyncSession, message: Message, now: datetime) -> MessageAttempt:
    message.claimed_until = now + LEASE
    attempt = MessageAttempt(
        id=new_id(), message_id=message.id, channel=message.course.channel, started_at=now
    )
    session.add(attempt)
    return attempt


async def submit(session: AsyncSession, attempt_id: UUID, now: datetime) -> bool:
    """Note that the channel is being called from now on, with a lease of its own.

    False when somebody has taken the message over: whoever was slow must not send it.
    """
    message, attempt = await locked(session, attempt_id)
    if attempt.outcome != Outcome.STARTED:
        return False
    attempt.submitted_at = now
    message.claimed_until = now + LEASE
    return True


async def locked(session: AsyncSession, attempt_id: UUID) -> Claimed:
    wanted = (
        select(Message, MessageAttempt)
        .join(MessageAttempt, col(MessageAttempt.message_id) == Message.id)
        .where(MessageAttempt.id == attempt_id)
        .with_for_update()
    )
    message, attempt = (await session.execute(wanted)).one()
    return message, attempt


def may_be_sent(message: Message, attempt: MessageAttempt) -> bool:
    """A sender of the version before writes nothing down; it takes a longer lease."""
    if attempt.submitted_at is not None or message.claimed_until is None:
        return True
    return message.claimed_until > attempt.started_at + LEASE


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
