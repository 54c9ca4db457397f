"""Writing down what became of an attempt, and what follows from it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from prometheus_client import Counter
from sqlalchemy.ext.asyncio import AsyncSession

from services.notify.budget import purse
from services.notify.channels.channel import Result
from services.notify.consents.ledger import Account
from services.notify.messages.domain.course import PHONE_TASK, WECHAT, Outcome, onward
from services.notify.messages.domain.lifecycle import MessageAction, advance
from services.notify.messages.sending.claiming import locked
from services.notify.messages.tables import Message, MessageAttempt
from services.notify.phoning.commands.opening import open_task
from shared.rulebook import Rulebook

NOT_SUBSCRIBED = "43101"
SENDER_DIED = "SENDER_DIED"

ATTEMPTS = Counter("liuduan_messages", "Attempts to deliver a message", ["channel", "outcome"])


async def record(
    session: AsyncSession, attempt_id: UUID, result: Result, book: Rulebook, now: datetime
) -> None:
    message, attempt = await locked(session, attempt_id)
    await settle(session, message, attempt, result, book, now)


async def give_back(
    session: AsyncSession, message: Message, attempt: MessageAttempt, now: datetime
) -> None:
    """Its sender died before it called the channel: certainly not sent, and due again at once."""
    await _account(session, attempt, Result(Outcome.POSTPONED))
    attempt.outcome = Outcome.POSTPONED
    attempt.reason = SENDER_DIED
    attempt.ended_at = now
    message.claimed_until = None
    ATTEMPTS.labels(attempt.channel, attempt.outcome).inc()


async def settle(
    session: AsyncSession,
    message: Message,
    attempt: MessageAttempt,
    result: Result,
    book: Rulebook,
    now: datetime,
) -> None:
    """An attempt is settled once; whoever comes late, after a takeover, changes nothing."""
    if attempt.outcome != Outcome.STARTED:
        return
    await _account(session, attempt, result)
    attempt.outcome = result.outcome
    attempt.reason = result.reason
    attempt.reference = result.reference
    attempt.ended_at = now
    _go_on(message, result, now)
    if attempt.channel == WECHAT:
        await _keep_ledger(session, message, result, now)
    if attempt.channel == PHONE_TASK and result.outcome is Outcome.SENT:
        await open_task(session, message, book, now)
    ATTEMPTS.labels(attempt.channel, result.outcome).inc()


async def _account(session: AsyncSession, attempt: MessageAttempt, result: Result) -> None:
    """What was certainly not sent costs nothing; how much was billed the provider knows best."""
    if attempt.budget is None or not attempt.segments or attempt.cost_fen is None:
        return
    billed = attempt.segments if result.segments is None else result.segments
    if result.outcome in {Outcome.REFUSED, Outcome.POSTPONED}:
        billed = 0
    if billed == attempt.segments:
        return
    cost = attempt.cost_fen // attempt.segments * billed
    await purse.give_back(session, attempt.budget, attempt.cost_fen - cost)
    attempt.segments, attempt.cost_fen = billed, cost


def _go_on(message: Message, result: Result, now: datetime) -> None:
    following = onward(message.course, result.outcome, now, result.closed_until)
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
