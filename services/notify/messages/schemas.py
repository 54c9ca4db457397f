"""Messages as their overseers see them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.notify.messages.domain.course import Outcome
from services.notify.messages.domain.lifecycle import MessageStatus
from services.notify.messages.domain.recipient import RecipientKind
from services.notify.messages.tables import Message, MessageAttempt
from services.notify.moments import Moment


class AttemptOut(BaseModel):
    """`reason` says why not: 43101, NO_CONSENT, NO_ADDRESS, NOT_CONFIGURED …"""

    model_config = ConfigDict(from_attributes=True)

    channel: str
    started_at: Moment
    ended_at: Moment | None
    outcome: Outcome
    reason: str | None


class MessageRecord(BaseModel):
    """Who was told what, by which channel, or why not; recipients are ids only.

    `recipient_id` is absent where the caller may not know which owner it was (X16).
    """

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    notification: str
    event_type: str
    title: str
    recipient_kind: RecipientKind
    recipient_id: UUID | None
    channels: list[str]
    state: MessageStatus
    created_at: Moment
    deliver_after: Moment
    settled_at: Moment | None
    read_at: Moment | None
    attempts: list[AttemptOut] = []

    @classmethod
    def of(
        cls, message: Message, attempts: Sequence[MessageAttempt], *, owners: bool
    ) -> MessageRecord:
        """`owners` says whether owners are named."""
        shown = [AttemptOut.model_validate(attempt) for attempt in attempts]
        record = cls.model_validate(message).model_copy(update={"attempts": shown})
        if owners or record.recipient_kind is not RecipientKind.OWNER:
            return record
        return record.model_copy(update={"recipient_id": None})
