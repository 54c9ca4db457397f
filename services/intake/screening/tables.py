"""Screenings, and what WeChat pushed until it is worked off."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, Text, UniqueConstraint, text
from sqlmodel import Field

from services.intake.tables import Table
from shared.database import moment


class Screening(Table, table=True):
    """What was found about one text or file. `state` is a ScreeningState.

    `division` and `filed_at` are the complaint's; `written_at` is when the subject was filed or
    last supplied, `due_at` when to look again: to ask, or to stop waiting for a push. `reason` and
    `label` say why it is held.
    """

    __tablename__ = "screening"
    __table_args__ = (
        UniqueConstraint("subject_type", "subject_id"),
        Index(
            "ix_screening_due",
            "due_at",
            "id",
            postgresql_where=text("state IN ('WAITING', 'SENT')"),
        ),
        Index("ix_screening_held", "written_at", "id", postgresql_where=text("state = 'HELD'")),
        Index("ix_screening_filed", "subject_type", "filed_at"),
    )

    id: UUID = Field(primary_key=True)
    subject_type: str
    subject_id: UUID
    complaint_id: UUID = Field(foreign_key="complaint.id", index=True)
    division: str
    state: str
    filed_at: datetime = moment()
    written_at: datetime = moment()
    due_at: datetime = moment()
    claimed_until: datetime | None = moment(nullable=True)
    tries: int = 0
    trace_id: str | None = Field(default=None, index=True)
    label: int | None = None
    reason: str | None = None
    sent_at: datetime | None = moment(nullable=True)
    answered_at: datetime | None = moment(nullable=True)
    decided_at: datetime | None = moment(nullable=True)
    decided_by: UUID | None = None


class WeChatPush(Table, table=True):
    """A push as it came; `body` is ciphertext, because it names a person. Kept once by `key`."""

    __tablename__ = "wechat_push"
    __table_args__ = (
        Index("ix_wechat_push_waiting", "received_at", postgresql_where=text("handled_at IS NULL")),
        Index("ix_wechat_push_handled", "handled_at"),
    )

    key: str = Field(primary_key=True)
    event: str
    body: str = Field(sa_type=Text)
    received_at: datetime = moment()
    handled_at: datetime | None = moment(nullable=True)
