"""Sketches of complaints, pairs that were proposed, and what was merged."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.routing.tables import Table
from shared.database import moment


class ComplaintSketch(Table, table=True):
    """What comparing needs of a complaint; `sketch` is encrypted, and hashes even when opened."""

    __tablename__ = "complaint_sketch"
    __table_args__ = (Index("ix_complaint_sketch_estate_id", "estate_id", "submitted_at"),)

    complaint_id: UUID = Field(primary_key=True)
    estate_id: UUID
    submitted_at: datetime = moment()
    sketch: str


class DuplicateProposal(Table, table=True):
    """Two cases that seem to be one, until a dispatcher decides: MERGED or DISMISSED (X09).

    `evidence` holds figures only, `reason` is encrypted.
    """

    __tablename__ = "duplicate_proposal"
    __table_args__ = (
        Index("ix_duplicate_proposal_waiting", "id", postgresql_where=text("decision IS NULL")),
    )

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="cases.id", index=True)
    into_case_id: UUID = Field(foreign_key="cases.id", index=True)
    complaint_id: UUID
    other_complaint_id: UUID
    at: datetime = moment()
    score: float
    evidence: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSONB))
    decision: str | None = None
    reason: str | None = None
    decided_by: UUID | None = None
    decided_at: datetime | None = moment(nullable=True)


class MergedComplaint(Table, table=True):
    """A complaint that went on in another case (T07), and may come out of it again (X10).

    `from_case_id` is its own former case; absent where the system joined a repetition (X08).
    """

    __tablename__ = "merged_complaint"
    __table_args__ = (
        Index(
            "uq_merged_complaint_standing",
            "complaint_id",
            unique=True,
            postgresql_where=text("undone_at IS NULL"),
        ),
    )

    id: UUID = Field(primary_key=True)
    complaint_id: UUID
    from_case_id: UUID | None = Field(default=None, foreign_key="cases.id")
    into_case_id: UUID = Field(foreign_key="cases.id", index=True)
    at: datetime = moment()
    merged_by: UUID
    undone_at: datetime | None = moment(nullable=True)


class Representative(Table, table=True):
    """One of up to five reporters who speak for a group (X11)."""

    __tablename__ = "representative"

    case_id: UUID = Field(primary_key=True, foreign_key="cases.id")
    complaint_id: UUID = Field(primary_key=True)
    named_at: datetime = moment()
    named_by: UUID
