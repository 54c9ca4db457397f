"""Return visits as stored."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, Text
from sqlmodel import Field

from services.survey.tables import Table
from services.survey.visits.domain.lifecycle import VisitStatus
from shared.contracts.vocabulary import Solved
from shared.database import moment


class Visit(Table, table=True):
    """One per complaint and feedback: a reopened case asks again. `reason` is ciphertext."""

    __tablename__ = "visit"
    __table_args__ = (
        Index("uq_visit_complaint_feedback", "complaint_id", "opened_at", unique=True),
        Index("ix_visit_owner", "owner_id", "id"),
    )

    id: UUID = Field(primary_key=True)
    version: int = 1
    state: VisitStatus = Field(default=VisitStatus.OPEN, sa_type=Text)
    complaint_id: UUID
    complaint_number: str
    case_id: UUID = Field(index=True)
    case_number: str
    category_name: str
    estate_name: str
    owner_id: UUID
    rulebook: str
    opened_at: datetime = moment()
    answer_until: datetime = moment()
    answered_at: datetime | None = moment(nullable=True)
    solved: Solved | None = Field(default=None, sa_type=Text)
    result_level: int | None = None
    process_level: int | None = None
    reason: str | None = None
    asks_to_reopen: bool = False
