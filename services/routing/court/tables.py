"""Judicial matters: one hand-over of a case to one court."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field

from services.routing.tables import Table
from shared.database import moment


class JudicialMatter(Table, table=True):
    """`stage` is one of `domain.matters.Stage`; `package` is encrypted.

    A matter belongs to the court it was addressed to and to no other (A07).
    """

    __tablename__ = "judicial_matter"
    __table_args__ = (
        Index(
            "uq_judicial_matter_open",
            "case_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="cases.id", index=True)
    stage: str
    consented_by: UUID
    consented_at: datetime = moment()
    court_id: UUID | None = Field(default=None, index=True)
    package_number: str | None = Field(default=None, unique=True)
    package: str | None = None
    handed_over_at: datetime | None = moment(nullable=True)
    court_case_number: str | None = None
    filed_at: datetime | None = moment(nullable=True)
    outcome: str | None = None
    reason: str | None = None
    ended_at: datetime | None = moment(nullable=True)
