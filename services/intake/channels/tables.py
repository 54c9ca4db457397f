"""What the other doors keep beside the complaints: replies owed, corrections, sheets."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.intake.channels.domain.replies import ReplyStatus
from services.intake.tables import Table
from shared.database import moment


class HotlineReply(Table, table=True):
    """One thing the hotline is told of an order (X44); `id` is the `webhook-id` of every attempt.

    `fact` is the event behind it, `kind` a ReplyKind, `body` ciphertext: the same bytes each time.
    """

    __tablename__ = "hotline_reply"
    __table_args__ = (
        UniqueConstraint("complaint_id", "fact"),
        Index("ix_hotline_reply_of_order", "order_number", "at"),
        Index("ix_hotline_reply_due", "next_at", postgresql_where=text("state = 'WAITING'")),
    )

    id: UUID = Field(primary_key=True)
    complaint_id: UUID
    order_number: str
    fact: UUID
    kind: str
    at: datetime = moment()
    body: str = Field(sa_type=Text)
    state: ReplyStatus = Field(default=ReplyStatus.WAITING, sa_type=Text)
    attempts: int = 0
    next_at: datetime = moment()
    claimed_until: datetime | None = moment(nullable=True)
    taken_at: datetime | None = moment(nullable=True)
    last_status: int | None = None
    last_failure: str | None = None


class HotlineCorrection(Table, table=True):
    """What an order said when it came again in other words (B03); `body` is ciphertext."""

    __tablename__ = "hotline_correction"
    __table_args__ = (UniqueConstraint("complaint_id", "fingerprint"),)

    id: UUID = Field(primary_key=True)
    complaint_id: UUID
    fingerprint: str
    received_at: datetime = moment()
    body: str = Field(sa_type=Text)


class HotlineCursor(Table, table=True):
    """How far the orders of an account have been fetched; whoever fetches holds a lease."""

    __tablename__ = "hotline_cursor"

    account: str = Field(primary_key=True)
    cursor: str | None = None
    next_at: datetime = moment()
    claimed_until: datetime | None = moment(nullable=True)


class RefusedOrder(Table, table=True):
    """An order that was fetched and could not be taken; it does not stop the others.

    `code` and `detail` say why, `body` is ciphertext. `settled_at` is when its number was taken.
    """

    __tablename__ = "refused_order"
    __table_args__ = (Index("ix_refused_order_number", "order_number"),)

    id: UUID = Field(primary_key=True)
    fingerprint: str = Field(unique=True)
    order_number: str | None = None
    code: str
    detail: str
    body: str = Field(sa_type=Text)
    times: int = 1
    first_at: datetime = moment()
    last_at: datetime = moment()
    settled_at: datetime | None = moment(nullable=True)


class LetterSheet(Table, table=True):
    """A sheet of letters as looked at; `rows` is ciphertext, `outcome` what became of them."""

    __tablename__ = "letter_sheet"

    id: UUID = Field(primary_key=True)
    made_by: UUID = Field(index=True)
    made_at: datetime = moment()
    expires_at: datetime = moment()
    rows: str = Field(sa_type=Text)
    preview: dict[str, Any] = Field(sa_type=JSONB)
    applied_at: datetime | None = moment(nullable=True)
    outcome: list[dict[str, Any]] | None = Field(default=None, sa_type=JSONB)
