"""What analysis keeps: clocks and objections of cases, monthly reports, measures."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Index, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.survey.analysis.domain.lifecycle import AnalysisStatus
from services.survey.analysis.domain.measures import MeasureStatus
from services.survey.tables import Table
from shared.database import moment


class CaseClocks(Table, table=True):
    """Every promise of a case as of its newest state: kind, due, state, met, breached."""

    __tablename__ = "case_clocks"

    id: UUID = Field(primary_key=True)
    version: int
    clocks: list[dict[str, Any]] = Field(sa_type=JSONB)


class DispatchObjection(Table, table=True):
    """A unit returned a case (T12), and the dispatcher decided (T13); once per unit and case.

    Whichever event arrives first makes the row.
    """

    __tablename__ = "dispatch_objection"

    case_id: UUID = Field(primary_key=True)
    unit_id: UUID = Field(primary_key=True)
    raised_at: datetime | None = moment(nullable=True)
    reason: str | None = None
    decided_at: datetime | None = moment(nullable=True)
    upheld: bool | None = None


class MonthlyAnalysis(Table, table=True):
    """One per month and place. `findings` are as computed and never change; `companies` are those
    they name.
    """

    __tablename__ = "monthly_analysis"
    __table_args__ = (Index("uq_monthly_analysis", "division", "period", unique=True),)

    id: UUID = Field(primary_key=True)
    state: AnalysisStatus = Field(default=AnalysisStatus.GENERATED, sa_type=Text)
    division: str
    period: str
    rulebook: str
    findings: dict[str, Any] = Field(sa_type=JSONB)
    companies: list[UUID] = Field(default_factory=list, sa_type=ARRAY(Uuid))
    generated_at: datetime = moment()
    held_on: date | None = None
    conclusion: str | None = None
    concluded_by: UUID | None = None
    concluded_at: datetime | None = moment(nullable=True)


class AnalysisMeasure(Table, table=True):
    """A measure against what the report shows: what, by whom, until when, and what proves it."""

    __tablename__ = "analysis_measure"

    id: UUID = Field(primary_key=True)
    analysis_id: UUID = Field(foreign_key="monthly_analysis.id", index=True)
    state: MeasureStatus = Field(default=MeasureStatus.OPEN, sa_type=Text)
    action: str
    owner_organisation_id: UUID | None = None
    owner_id: UUID | None = Field(default=None, index=True)
    due_on: date
    added_by: UUID
    added_at: datetime = moment()
    proof: str | None = None
    done_by: UUID | None = None
    done_at: datetime | None = moment(nullable=True)
