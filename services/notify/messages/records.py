"""Messages as their overseers see them, with why each reached somebody or did not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.notify.messages.domain.course import Outcome
from services.notify.messages.domain.explaining import LEFT_OUT, Story, Tried, because, explain
from services.notify.messages.domain.lifecycle import MessageStatus
from services.notify.messages.domain.recipient import RecipientKind
from services.notify.messages.tables import Message, MessageAttempt, NotTold
from services.notify.moments import Moment
from shared.web.paging import Page


class AttemptOut(BaseModel):
    """`reason` says why not: 43101, NO_CONSENT, NO_ADDRESS, NOT_CONFIGURED, BUDGET_SPENT …

    `cost_fen` (分) for `segments` billed messages; `receipt` is what the provider reported later.
    """

    model_config = ConfigDict(from_attributes=True)

    channel: str
    started_at: Moment
    submitted_at: Moment | None
    ended_at: Moment | None
    outcome: Outcome
    reason: str | None
    segments: int | None
    cost_fen: int | None
    receipt: str | None
    receipt_at: Moment | None


class ChannelLeftOut(BaseModel):
    """A listed channel that is not tried, with the code and the words for why."""

    channel: str
    reason: str
    explanation: str


class MessageRecord(BaseModel):
    """Who was told what, by which channel, or why not; recipients are ids only.

    `recipient_id` is absent where the caller may not know which owner it was (X16).
    `explanation` says it all in Chinese; `held` is why it waited, until `held_until`.
    """

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    notification: str
    event_type: str
    title: str
    recipient_kind: RecipientKind
    recipient_id: UUID | None
    channels: list[str]
    urgent: bool
    state: MessageStatus
    created_at: Moment
    deliver_after: Moment
    held: str | None
    held_until: Moment | None
    settled_at: Moment | None
    read_at: Moment | None
    cost_fen: int = 0
    explanation: str = ""
    attempts: list[AttemptOut] = []
    left_out: list[ChannelLeftOut] = []

    @classmethod
    def of(
        cls,
        message: Message,
        attempts: Sequence[MessageAttempt],
        digests: Mapping[UUID, MessageStatus],
        *,
        owners: bool,
    ) -> MessageRecord:
        """`owners` says whether owners are named; `digests` are the states of digests by id."""
        facts = {name: getattr(message, name) for name in _PLAIN}
        is_hidden = message.recipient_kind == RecipientKind.OWNER and not owners
        return cls(
            **facts,
            recipient_id=None if is_hidden else message.recipient_id,
            cost_fen=sum(attempt.cost_fen or 0 for attempt in attempts),
            explanation=explain(_story(message, attempts, digests)),
            attempts=[AttemptOut.model_validate(attempt) for attempt in attempts],
            left_out=[
                ChannelLeftOut(**each, explanation=because(each["reason"]))
                for each in message.left_out
            ],
        )


_PLAIN = frozenset(MessageRecord.model_fields) - {
    *("recipient_id", "cost_fen", "explanation", "attempts", "left_out"),
}


class NotToldOut(BaseModel):
    """Somebody who was thought of and not told at all; nothing here says who it is."""

    notification: str
    event_type: str
    reason: str
    explanation: str
    at: Moment

    @classmethod
    def of(cls, row: NotTold) -> NotToldOut:
        return cls(
            notification=row.notification,
            event_type=row.event_type,
            reason=row.reason,
            explanation=LEFT_OUT[row.reason],
            at=row.at,
        )


class MessagesOfCase(Page[MessageRecord]):
    """A page of what people were told, newest first, and who was not, in the same time."""

    not_told: list[NotToldOut]


def _story(
    message: Message, attempts: Sequence[MessageAttempt], digests: Mapping[UUID, MessageStatus]
) -> Story:
    tried = [
        Tried(each.channel, Outcome(each.outcome), each.reason, each.receipt) for each in attempts
    ]
    return Story(
        state=MessageStatus(message.state),
        attempts=tried,
        left_out=[(each["channel"], each["reason"]) for each in message.left_out],
        held=message.held,
        held_until=message.held_until,
        digest=digests.get(message.digest_id) if message.digest_id else None,
    )
