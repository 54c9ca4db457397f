"""Messages, and every attempt to bring one to somebody."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.notify.messages.domain.course import Course, Outcome
from services.notify.messages.domain.lifecycle import MessageStatus
from services.notify.tables import Table
from shared.database import moment

TRANSACTION = text("CAST(CAST(pg_current_xact_id() AS text) AS bigint)")


class Message(Table, table=True):
    """One per event, recipient and notification (invariant 9); the row is the inbox entry as well.

    `deliver_after` is the next moment an attempt may be made; `quiet` messages wait out the
    quiet hours. `claimed_until` is set while somebody is sending. `changed_in` is the transaction
    that wrote it or noted its reading: what an inbox shows as new (decision 0016).
    """

    __tablename__ = "message"
    __table_args__ = (
        Index("uq_message_once", "event_id", "recipient_id", "notification", unique=True),
        Index("ix_message_inbox", "recipient_id", "id"),
        Index("ix_message_due", "deliver_after", postgresql_where=text("state = 'WAITING'")),
        Index("ix_message_case", "case_id", "id"),
        Index("ix_message_changed", "recipient_id", "changed_in"),
        Index("ix_message_feed", "changed_in", "id"),
        Index(
            "ix_message_unread",
            "recipient_id",
            "notification",
            postgresql_where=text("read_at IS NULL"),
        ),
    )

    id: UUID = Field(primary_key=True)
    event_id: UUID
    event_type: str
    notification: str
    recipient_kind: str
    recipient_id: UUID
    case_id: UUID | None
    complaint_id: UUID | None
    title: str
    body: str
    template: str
    card: dict[str, Any] = Field(sa_type=JSONB)
    channels: list[str] = Field(sa_type=ARRAY(Text))
    quiet: bool
    state: MessageStatus = Field(default=MessageStatus.WAITING, sa_type=Text)
    step: int = 0
    tries: int = 0
    taken: bool = False
    deliver_after: datetime = moment()
    claimed_until: datetime | None = moment(nullable=True)
    created_at: datetime = moment()
    settled_at: datetime | None = moment(nullable=True)
    read_at: datetime | None = moment(nullable=True)
    changed_in: int = Field(
        default=None,
        sa_type=BigInteger,
        nullable=False,
        sa_column_kwargs={"server_default": TRANSACTION},
    )

    @property
    def course(self) -> Course:
        return Course(tuple(self.channels), self.step, self.tries, self.taken)


class MessageAttempt(Table, table=True):
    """`reason` is a code, the provider's or ours; `reference` is the provider's id."""

    __tablename__ = "message_attempt"
    __table_args__ = (Index("ix_message_attempt_message", "message_id", "id"),)

    id: UUID = Field(primary_key=True)
    message_id: UUID
    channel: str
    started_at: datetime = moment()
    ended_at: datetime | None = moment(nullable=True)
    outcome: Outcome = Field(default=Outcome.STARTED, sa_type=Text)
    reason: str | None = None
    reference: str | None = None
