"""What a receipt says never arrived goes the next way, as if the channel had refused it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import select

from services.notify.messages.domain.course import missed
from services.notify.messages.domain.lifecycle import MessageAction, MessageStatus, advance
from services.notify.messages.sending.claiming import channel_now
from services.notify.messages.tables import Message, MessageAttempt


async def go_past(session: AsyncSession, attempt: MessageAttempt, now: datetime) -> None:
    """Unless the message has gone on meanwhile, or stands in an inbox that was a listed way."""
    wanted = (
        select(Message)
        .where(Message.id == attempt.message_id, Message.state == MessageStatus.DELIVERED)
        .where(channel_now() == attempt.channel)
        .with_for_update()
    )
    message = (await session.execute(wanted)).scalar_one_or_none()
    if message is None:
        return
    following = missed(message.course, now)
    if following.action is MessageAction.DELIVER:
        return
    message.state = advance(message.state, following.action)
    message.step, message.tries = following.course.step, following.course.tries
    message.deliver_after = following.deliver_after
    message.settled_at = None if following.action is MessageAction.MISS else now
