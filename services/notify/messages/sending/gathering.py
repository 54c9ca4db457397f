"""Gathering the tasks of somebody who has many into one message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.notify.messages.domain.course import INBOX, SMS, WECHAT, Outcome
from services.notify.messages.domain.digest import DIGEST, Decision, Way, decide, said
from services.notify.messages.domain.lifecycle import MessageAction, MessageStatus, advance
from services.notify.messages.domain.planning import Held
from services.notify.messages.sending.claiming import channel_now
from services.notify.messages.tables import Message, MessageAttempt
from shared.ids import new_id
from shared.rulebook.sections.notices import Digesting

ONE_AT_A_TIME = text("SELECT pg_try_advisory_xact_lock(hashtextextended(:whose, 1))")
TOLD = (Outcome.STARTED, Outcome.SENT, Outcome.UNKNOWN)
BY_PUSH = (WECHAT, SMS)


async def gather(session: AsyncSession, rule: Digesting, now: datetime) -> Sequence[UUID]:
    """Returns which of the messages that could be gathered are to go out singly now."""
    single: list[UUID] = []
    for person in await _concerned(session, now):
        if await _has_turn(session, person):
            single += await _of_person(session, person, rule, now)
    return single


async def _concerned(session: AsyncSession, now: datetime) -> Sequence[UUID]:
    """Who would be sent a task now; the inbox, where most begin, sends nothing."""
    wanted = (
        select(Message.recipient_id)
        .where(Message.state == MessageStatus.WAITING, col(Message.digestible))
        .where(col(Message.claimed_until).is_(None), Message.deliver_after <= now)
        .where(channel_now() != INBOX)
        .distinct()
        .order_by(col(Message.recipient_id))
    )
    return (await session.execute(wanted)).scalars().all()


async def _has_turn(session: AsyncSession, person: UUID) -> bool:
    """Two senders at once must not make two digests; the other one comes back in a second."""
    return bool((await session.execute(ONE_AT_A_TIME, {"whose": str(person)})).scalar_one())


async def _of_person(
    session: AsyncSession, person: UUID, rule: Digesting, now: datetime
) -> Sequence[UUID]:
    waiting = await _waiting(session, person, now)
    lately = await _lately(session, person, now - rule.within)
    chosen = any(message.held == Held.DIGEST_TIMES for message in waiting)
    decision = decide(len(waiting), lately, rule, now, chosen=chosen)
    if decision.way is Way.TOGETHER:
        _put_together(session, waiting, now)
    if decision.way is Way.LATER:
        _put_off(waiting, decision)
    return [message.id for message in waiting] if decision.way is Way.SINGLY else []


async def _waiting(session: AsyncSession, person: UUID, now: datetime) -> Sequence[Message]:
    """What is due, and what was put off to be told together."""
    is_due = or_(col(Message.deliver_after) <= now, col(Message.held) == Held.DIGEST)
    wanted = (
        select(Message)
        .where(Message.recipient_id == person, Message.state == MessageStatus.WAITING)
        .where(col(Message.digestible), col(Message.claimed_until).is_(None), is_due)
        .order_by(col(Message.id))
        .with_for_update(skip_locked=True)
    )
    return (await session.execute(wanted)).scalars().all()


async def _lately(session: AsyncSession, person: UUID, since: datetime) -> Sequence[datetime]:
    """When each message about tasks began to be sent; a digest counts as one."""
    began = func.min(col(MessageAttempt.started_at))
    wanted = (
        select(began)
        .join(Message, col(Message.id) == col(MessageAttempt.message_id))
        .where(Message.recipient_id == person)
        .where(or_(col(Message.digestible), col(Message.notification) == DIGEST))
        .where(col(MessageAttempt.channel).in_(BY_PUSH), col(MessageAttempt.outcome).in_(TOLD))
        .where(col(MessageAttempt.started_at) > since)
        .group_by(col(Message.id))
        .order_by(began)
    )
    return (await session.execute(wanted)).scalars().all()


def _put_off(waiting: Sequence[Message], decision: Decision) -> None:
    assert decision.until is not None
    for message in waiting:
        message.deliver_after = message.held_until = decision.until
        message.held = Held.DIGEST


def _put_together(session: AsyncSession, waiting: Sequence[Message], now: datetime) -> None:
    """Each stays in the inbox by itself; what goes out is one message about all of them."""
    digest_id = new_id()
    listed = {channel for message in waiting for channel in message.channels}
    for message in waiting:
        message.state = advance(message.state, MessageAction.GATHER)
        message.settled_at, message.digest_id = now, digest_id
    session.add(
        Message(
            id=digest_id,
            event_id=digest_id,
            event_type="notify.tasks_gathered",
            recipient_kind=waiting[0].recipient_kind,
            recipient_id=waiting[0].recipient_id,
            case_id=None,
            complaint_id=None,
            channels=[channel for channel in BY_PUSH if channel in listed],
            quiet=False,
            deliver_after=now,
            created_at=now,
            **said(len(waiting), now),
        )
    )
