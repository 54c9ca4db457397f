"""Messages, and every attempt to bring one to somebody."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.notify.messages.domain.course import Course, Outcome
from services.notify.messages.domain.lifecycle import MessageStatus
from services.notify.tables import Table
from shared.database import moment

NO: dict[str, Any] = {"server_default": "false"}
TRANSACTION = text("CAST(CAST(pg_current_xact_id() AS text) AS bigint)")


class Message(Table, table=True):
    """One per event, recipient and notification (invariant 9); the row is the inbox entry as well.

    `deliver_after` is the next moment an attempt may be made; `quiet` messages wait out the
    quiet hours, the city's or the recipient's longer ones. `claimed_until` is set while somebody
    is sending. `left_out` are listed channels that are not tried, each with its reason; `held` is
    why the message waited, until `held_until`. What `digestible` messages have in common may be
    told in one, the message `digest_id`. `changed_in` is the transaction that wrote it or noted its
    reading: what an inbox shows as new (decision 0016).
    """

    __tablename__ = "message"
    __table_args__ = (
        Index("uq_message_once", "event_id", "recipient_id", "notification", unique=True),
        Index("ix_message_inbox", "recipient_id", "id"),
        Index("ix_message_due", "deliver_after", postgresql_where=text("state = 'WAITING'")),
        Index("ix_message_case", "case_id", "id"),
        Index(
            "ix_message_gatherable",
            "recipient_id",
            postgresql_where=text("state = 'WAITING' AND digestible"),
        ),
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
    quiet_begins: time | None = None
    quiet_ends: time | None = None
    urgent: bool = Field(default=False, sa_column_kwargs=NO)
    left_out: list[dict[str, Any]] = Field(
        default_factory=list, sa_type=JSONB, sa_column_kwargs={"server_default": text("'[]'")}
    )
    held: str | None = None
    held_until: datetime | None = moment(nullable=True)
    digestible: bool = Field(default=False, sa_column_kwargs=NO)
    digest_id: UUID | None = None
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
    """`reason` is a code, the provider's or ours; `reference` is the provider's id.

    `submitted_at` is set before the channel is called: without it nothing can have been sent.
    `cost_fen` (分) for `segments` billed messages was taken from the budget of the day the attempt
    began. `receipt` is a Fate: what the provider reported afterwards.
    """

    __tablename__ = "message_attempt"
    __table_args__ = (
        Index("ix_message_attempt_message", "message_id", "id"),
        Index("ix_message_attempt_reference", "reference"),
    )

    id: UUID = Field(primary_key=True)
    message_id: UUID
    channel: str
    started_at: datetime = moment()
    ended_at: datetime | None = moment(nullable=True)
    outcome: Outcome = Field(default=Outcome.STARTED, sa_type=Text)
    submitted_at: datetime | None = moment(nullable=True)
    reason: str | None = None
    reference: str | None = None
    budget: str | None = None
    segments: int | None = None
    cost_fen: int | None = None
    receipt: str | None = None
    receipt_code: str | None = None
    receipt_at: datetime | None = moment(nullable=True)


class NotTold(Table, table=True):
    """Somebody who was thought of and not told, once for each event: `reason` is a Why, `about_id`
    what it was about, never the person."""

    __tablename__ = "not_told"
    __table_args__ = (
        Index("uq_not_told_once", "event_id", "notification", "reason", "about_id", unique=True),
        Index("ix_not_told_case", "case_id", "id"),
        Index("ix_not_told_complaint", "complaint_id", "id"),
    )

    id: UUID = Field(primary_key=True)
    event_id: UUID
    event_type: str
    notification: str
    case_id: UUID | None
    complaint_id: UUID | None
    reason: str
    about_id: UUID
    at: datetime = moment()
