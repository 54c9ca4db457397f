"""Notices, one row per edition; where each was posted; and how far its owners were told."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Index, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.notify.publications.domain.lifecycle import NoticeState
from services.notify.tables import Table
from shared.database import moment


class PublicNotice(Table, table=True):
    """One edition; `series_id` is the id of the first. Without `estate_ids` it is for all of
    `division`. `due_at` and `complete_at` tell of the duty to post it on several channels.
    `source_id` is the survey or bulletin of which it tells by itself, in which version.
    """

    __tablename__ = "public_notice"
    __table_args__ = (
        Index("uq_public_notice_edition", "series_id", "edition", unique=True),
        Index(
            "ix_public_notice_published",
            "published_at",
            "id",
            postgresql_where=text("state = 'PUBLISHED'"),
        ),
        Index("uq_public_notice_source", "source_id", "source_version", unique=True),
        Index("ix_public_notice_division", "division", "id"),
    )

    id: UUID = Field(primary_key=True)
    series_id: UUID
    edition: int
    kind: str
    division: str
    estate_ids: list[UUID] = Field(sa_type=ARRAY(Uuid))
    title: str
    text: str
    links: list[dict[str, Any]] = Field(sa_type=JSONB)
    correction: str | None = None
    source_id: UUID | None = None
    source_version: int | None = None
    state: NoticeState = Field(default=NoticeState.DRAFT, sa_type=Text)
    organisation_id: UUID | None
    drafted_by: UUID
    drafted_at: datetime = moment()
    published_by: UUID | None = None
    published_at: datetime | None = moment(nullable=True)
    due_at: datetime | None = moment(nullable=True)
    complete_at: datetime | None = moment(nullable=True)
    ended_at: datetime | None = moment(nullable=True)
    ended_because: str | None = None


class Posting(Table, table=True):
    """A channel's record (E05): who posted it, when, and what proves it."""

    __tablename__ = "notice_posting"
    __table_args__ = (Index("uq_notice_posting_channel", "notice_id", "channel", unique=True),)

    id: UUID = Field(primary_key=True)
    notice_id: UUID
    channel: str
    posted_at: datetime = moment()
    proof: str
    file_id: UUID | None = None
    recorded_by: UUID
    recorded_at: datetime = moment()


class OwnersRound(Table, table=True):
    """How far the owners were told, in the order of their ids: up to and with `after`."""

    __tablename__ = "notice_round"
    __table_args__ = (
        Index("ix_notice_round_open", "notice_id", postgresql_where=text("finished_at IS NULL")),
    )

    notice_id: UUID = Field(primary_key=True)
    event_id: UUID
    after: UUID | None = None
    told: int = 0
    finished_at: datetime | None = moment(nullable=True)
