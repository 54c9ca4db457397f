"""Return visits as stored."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, Index, Text, Uuid, text
from sqlmodel import Field

from services.survey.tables import Table
from services.survey.visits.domain.lifecycle import VisitStatus
from services.survey.visits.domain.voices import Silence, Through
from shared.contracts.vocabulary import Solved
from shared.database import moment


class Visit(Table, table=True):
    """One per complaint and feedback: a reopened case asks again. `reason` is ciphertext.

    Place, company and `handled_by` (the people who worked on the case) are those at the feedback;
    `for_centre`: the grid does not call. `answered_by` is the owner, or whoever noted the answer by
    telephone. `positive`: satisfied, as the rulebook of the visit counts it (C06, U23).
    `silence_told`: routing knows that nobody answers any more.
    """

    __tablename__ = "visit"
    __table_args__ = (
        Index("uq_visit_complaint_feedback", "complaint_id", "opened_at", unique=True),
        Index("ix_visit_owner", "owner_id", "id"),
        Index("ix_visit_opened", "opened_at"),
        Index("ix_visit_calling", "id", postgresql_where=text("state = 'CALLING'")),
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
    division: str | None = None
    grid_code: str | None = None
    company_id: UUID | None = None
    handled_by: list[UUID] = Field(
        default_factory=list, sa_type=ARRAY(Uuid), sa_column_kwargs={"server_default": "{}"}
    )
    for_centre: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    opened_at: datetime = moment()
    answer_until: datetime = moment()
    answered_at: datetime | None = moment(nullable=True)
    solved: Solved | None = Field(default=None, sa_type=Text)
    result_level: int | None = None
    positive: bool | None = None
    process_level: int | None = None
    reason_codes: list[str] = Field(
        default_factory=list, sa_type=ARRAY(Text), sa_column_kwargs={"server_default": "{}"}
    )
    reason: str | None = None
    asks_to_reopen: bool = False
    answered_through: Through | None = Field(default=None, sa_type=Text)
    answered_by: UUID | None = None
    unanswered_because: Silence | None = Field(default=None, sa_type=Text)
    silence_told: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})


class AskedCase(Table, table=True):
    """A case whose feedback was dealt with here, the newest by its moment: whoever has no visit of
    it or of an earlier one gets none.
    """

    __tablename__ = "asked_case"

    case_id: UUID = Field(primary_key=True)
    feedback_at: datetime = moment()
