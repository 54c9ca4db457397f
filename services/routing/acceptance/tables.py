"""Complaints that were not accepted at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.routing.acceptance.domain.lifecycle import PendingStatus
from services.routing.tables import Table
from shared.database import moment


class PendingComplaint(Table, table=True):
    """One complaint on the desk. `place_code` is the grid's code, or the division's.

    `complaint` is intake's public state of it, `narrative` the encrypted words, forgotten with the
    decision: from then on they are the case's, or nobody's. `reasons` say why it waits, `missing`
    what was asked for last; `words` of the desk and the receipt of the police (`handed_over`) are
    encrypted. `overdue` is never taken back.
    """

    __tablename__ = "pending_complaint"
    __table_args__ = (
        Index(
            "ix_pending_complaint_place",
            "place_code",
            postgresql_ops={"place_code": "text_pattern_ops"},
            postgresql_where=text("state IN ('WAITING', 'INFO_REQUESTED')"),
        ),
    )

    complaint_id: UUID = Field(primary_key=True)
    version: int
    state: str
    complaint: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    narrative: str | None
    number: str
    channel: str
    confidential: bool
    anonymous: bool
    owner_id: UUID | None
    house_id: UUID | None
    division: str
    place_code: str
    grid_code: str | None
    estate_id: UUID
    estate_name: str
    company_id: UUID | None
    category: str
    reasons: list[str] = Field(default_factory=list, sa_column=Column(JSONB, nullable=False))
    missing: list[str] = Field(default_factory=list, sa_column=Column(JSONB, nullable=False))
    words: str | None = None
    overdue: bool = False
    submitted_at: datetime = moment()
    refusal_reason: str | None = None
    handed_over: str | None = None
    decided_by: UUID | None = None
    decided_at: datetime | None = moment(nullable=True)

    @property
    def status(self) -> PendingStatus:
        return PendingStatus(self.state)
