"""Writing down what became of an attempt, and what follows from it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from prometheus_client import Counter
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import select

from services.notify.channels.channel import Result
from services.notify.consents.ledger import Account
from services.notify.messages.domain.course import PHONE_TASK, WECHAT, Outcome, onward
from services.notify.messages.domain.lifecycle import MessageAction, advance
from services.notify.messages.tables import Message, MessageAttempt
from services.notify.phoning.commands.opening import open_task

NOT_SUBSCRIBED = "43101"

ATTEMPTS = Counter("liuduan_messages", "Attempts to deliver a message", ["channel", "outcome"])


async def record(session: AsyncSession, attempt_id: UUID, result: Result, now: datetime) -> None:
    wanted = (
        select(Message, MessageAttempt)
        .join(MessageAttempt, MessageAttempt.message_id == Message.id)  # type: ignore[arg-type]
        .where(MessageAttempt.id == attempt_id)
        .with_for_update()
    )
    message, attempt = (await session.execute(wanted)).one()
    await settle(session, message, attempt, result, now)


async def settle(
    session: AsyncSession,
    message: Message,
    attempt: MessageAttempt,
    result: Result,
    now: datetime,
) -> None:
    """An attempt is settled once; whoever comes late, after a takeover, changes nothing."""
    if attempt.outcome != Outcome.STARTED:
        return
    attempt.outcome = result.outcome
    attempt.reason = result.reason
    attempt.reference = result.reference
    attempt.ended_at = now
    _go_on(message, result.outcome, now)
    if attempt.channel == WECHAT:
        await _keep_ledger(session, message, result, now)
    if attempt.channel == PHONE_TASK and result.outcome is Outcome.SENT:
        await open_task(session, message, now)
    ATTEMPTS.labels(attempt.channel, result.outcome).inc()


def _go_on(message: Message, outcome: Outcome, now: datetime) -> None:
    following = onward(message.course, outcome, now)
    message.state = advance(message.state, following.action)
    message.step = following.course.step
    message.tries = following.course.tries
    message.taken = following.course.taken
    message.deliver_after = following.deliver_after
    message.claimed_until = None
    if following.action is not MessageAction.GO_ON:
        message.settled_at = now


async def _keep_ledger(
    session: AsyncSession, message: Message, result: Result, now: datetime
) -> None:
    account = Account(session, message.recipient_id, message.template)
    if result.outcome is Outcome.SENT:
        account.spend(message.id, now)
    if result.reason == NOT_SUBSCRIBED:
        await account.empty(message.id, now)
