"""What the ledger needs of others: who handled a case, and what return visits found."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from services.intake.tables import Table
from shared.database import moment


class CaseHandler(Table, table=True):
    """A unit that a case was sent to, and when first."""

    __tablename__ = "case_handler"

    case_id: UUID = Field(primary_key=True)
    handler: str = Field(primary_key=True)
    since: datetime = moment()


class VisitRating(Table, table=True):
    """A return visit's answer; the newest version stays. `id` is the visit's."""

    __tablename__ = "visit_rating"

    id: UUID = Field(primary_key=True)
    version: int
    complaint_id: UUID = Field(index=True)
    solved: str | None = None
    result_level: int | None = None
    answered_at: datetime | None = moment(nullable=True)
