"""Facts as stored: one per case, one per complaint, and what single events told."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, Index, Text, Uuid, text
from sqlmodel import Field

from services.survey.indicators.domain.marks import Mark, Mediated
from services.survey.tables import Table
from shared.contracts.vocabulary import (
    CaseStatus,
    Channel,
    ComplaintStatus,
    Grade,
    ResultCode,
)
from shared.database import moment

MARKED = frozenset({"mediation", "performed_at", "returns", "reopened", "left_street"})


class CaseFact(Table, table=True):
    """What figures need of a case: its newest state, and (`MARKED`) what was marked on its way.

    `division` has nine digits, `county` six, `community` twelve; `about` is what a complaint would
    have to concern to count as repeated, `repeated_until` until when. `at_work` are the
    organisations that lead or help. `…_kept`: the clock was met in time. `feedback_due_at` is
    absent where no feedback is owed. `closed_at_community` and `left_street` are those of B14.
    """

    __tablename__ = "case_fact"
    __table_args__ = (
        Index("ix_case_fact_estate", "estate_id", "closed_at"),
        Index("ix_case_fact_company", "company_id", "closed_at"),
        Index("ix_case_fact_community", "community", "closed_at"),
        Index("ix_case_fact_division", "division", "closed_at"),
        Index("ix_case_fact_county", "county", "closed_at"),
        Index("ix_case_fact_accepted", "accepted_at"),
        Index("ix_case_fact_about", "about"),
        Index("ix_case_fact_unplaced", "estate_id", postgresql_where=text("grid_code IS NULL")),
    )

    id: UUID = Field(primary_key=True)
    version: int
    number: str
    state: CaseStatus = Field(sa_type=Text)
    category: str
    category_name: str
    grade: Grade | None = Field(default=None, sa_type=Text)
    estate_id: UUID
    estate_name: str
    building_id: UUID | None = None
    about: str
    company_id: UUID | None = None
    division: str
    county: str
    grid_code: str | None = None
    community: str | None = None
    owner_ids: list[UUID] = Field(
        default_factory=list, sa_type=ARRAY(Uuid), sa_column_kwargs={"server_default": "{}"}
    )
    at_work: list[UUID] = Field(
        default_factory=list, sa_type=ARRAY(Uuid), sa_column_kwargs={"server_default": "{}"}
    )
    anonymous: bool = False
    overdue: bool = False
    accepted_at: datetime = moment()
    first_dispatch_at: datetime | None = moment(nullable=True)
    dispatch_due_at: datetime | None = moment(nullable=True)
    dispatch_kept: bool = False
    mediation_due_at: datetime | None = moment(nullable=True)
    mediation_met_at: datetime | None = moment(nullable=True)
    mediation_kept: bool = False
    feedback_due_at: datetime | None = moment(nullable=True)
    feedback_kept: bool = False
    feedback_at: datetime | None = moment(nullable=True)
    resolution_due_at: datetime | None = moment(nullable=True)
    resolution_kept: bool = False
    closed_at: datetime | None = moment(nullable=True)
    repeated_until: datetime | None = moment(nullable=True)
    result_code: ResultCode | None = Field(default=None, sa_type=Text)
    closed_at_community: bool = False
    mediation: Mediated | None = Field(default=None, sa_type=Text)
    performed_at: datetime | None = moment(nullable=True)
    returns: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    reopened: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    left_street: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})


class CaseMark(Table, table=True):
    """One per event that told something; `id` is the event's. `version` is the case's after it."""

    __tablename__ = "case_mark"
    __table_args__ = (Index("ix_case_mark_case", "case_id", "version"),)

    id: UUID = Field(primary_key=True)
    case_id: UUID
    version: int
    mark: Mark = Field(sa_type=Text)
    at: datetime = moment()
    organisation_id: UUID | None = None
    reason: str | None = None


class ComplaintFact(Table, table=True):
    """A complaint as far as it is counted; `owner_id` is opaque and leads to nobody here."""

    __tablename__ = "complaint_fact"
    __table_args__ = (
        Index("ix_complaint_fact_case", "case_id", "submitted_at"),
        Index("ix_complaint_fact_estate", "estate_id", "submitted_at"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    number: str
    channel: Channel = Field(sa_type=Text)
    state: ComplaintStatus = Field(sa_type=Text)
    owner_id: UUID | None = None
    anonymous: bool = False
    division: str
    estate_id: UUID
    building_id: UUID | None = None
    case_id: UUID | None = None
    submitted_at: datetime = moment()
