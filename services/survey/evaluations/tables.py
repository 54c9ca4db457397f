"""Evaluations as stored: contracts, imports, third-party evaluations, assessments, runs."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Index, Numeric, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.survey.evaluations.domain.lifecycles import AssessmentStatus, RunStatus
from services.survey.tables import Table
from shared.database import moment

SCORE = Numeric(5, 2)
WEIGHT = Numeric(5, 4)


class AgencyContract(Table, table=True):
    """What an agency may import for: divisions and days, both included (E22)."""

    __tablename__ = "agency_contract"

    id: UUID = Field(primary_key=True)
    version: int = 1
    agency_id: UUID = Field(index=True)
    agency_name: str
    divisions: list[str] = Field(sa_type=ARRAY(Text))
    valid_from: date
    valid_to: date
    registered_by: UUID
    registered_at: datetime = moment()


class EvaluationImport(Table, table=True):
    """A sheet as looked at, and whether it was taken over; `rows` are its cells, `outcome` a
    fingerprint of what they meant.
    """

    __tablename__ = "evaluation_import"

    id: UUID = Field(primary_key=True)
    agency_id: UUID = Field(index=True)
    made_by: UUID
    made_at: datetime = moment()
    expires_at: datetime = moment()
    applied_at: datetime | None = moment(nullable=True)
    rulebook: str
    rows: list[dict[str, Any]] = Field(sa_type=JSONB)
    outcome: str
    preview: dict[str, Any] = Field(sa_type=JSONB)


class ThirdPartyEvaluation(Table, table=True):
    """A version of what an agency found (E20). The valid one has no `replaced_at`; none goes.

    `same_source`: the owners' sample was a survey of ours (U13).
    """

    __tablename__ = "third_party_evaluation"
    __table_args__ = (
        Index(
            "uq_third_party_evaluation_valid",
            "estate_id",
            "company_id",
            "period",
            unique=True,
            postgresql_where=text("replaced_at IS NULL"),
        ),
    )

    id: UUID = Field(primary_key=True)
    version: int
    import_id: UUID = Field(foreign_key="evaluation_import.id", index=True)
    agency_id: UUID = Field(index=True)
    contract_id: UUID = Field(foreign_key="agency_contract.id")
    estate_id: UUID
    estate_name: str
    division: str
    community: str
    company_id: UUID
    period: str
    marks: dict[str, str] = Field(sa_type=JSONB)
    score: Decimal = Field(sa_type=SCORE)
    sample_size: int
    sample_source: str
    same_source: bool
    evaluated_on: date
    rulebook: str
    imported_at: datetime = moment()
    replaced_at: datetime | None = moment(nullable=True)


class CommunityAssessment(Table, table=True):
    """What the community thinks of the company, on the eight indicators (E15, [ours])."""

    __tablename__ = "community_assessment"
    __table_args__ = (
        Index(
            "uq_community_assessment_standing",
            "estate_id",
            "company_id",
            "period",
            unique=True,
            postgresql_where=text("state IN ('ENTERED', 'CONFIRMED')"),
        ),
    )

    id: UUID = Field(primary_key=True)
    version: int = 1
    state: AssessmentStatus = Field(default=AssessmentStatus.ENTERED, sa_type=Text)
    estate_id: UUID
    estate_name: str
    division: str
    community: str
    company_id: UUID
    period: str
    assessed_on: date
    marks: dict[str, str] = Field(sa_type=JSONB)
    score: Decimal = Field(sa_type=SCORE)
    note: str
    rulebook: str
    entered_by: UUID
    entered_at: datetime = moment()
    decided_by: UUID | None = None
    decided_at: datetime | None = moment(nullable=True)
    decision: str | None = None


class EvaluationRun(Table, table=True):
    """One edition of a division's half-year; `corrects` is the edition before it, `differences`
    what became of each figure (E16, E23).
    """

    __tablename__ = "evaluation_run"
    __table_args__ = (
        Index(
            "uq_evaluation_run_edition",
            "division",
            "period",
            "edition",
            unique=True,
            postgresql_where=text("state <> 'DISCARDED'"),
        ),
    )

    id: UUID = Field(primary_key=True)
    version: int = 0
    state: RunStatus = Field(default=RunStatus.DRAFT, sa_type=Text)
    division: str
    period: str
    edition: int
    corrects: UUID | None = None
    reason: str | None = None
    differences: list[dict[str, Any]] = Field(sa_type=JSONB)
    rulebook: str
    served: int
    drafted_by: UUID
    drafted_at: datetime = moment()
    approved_by: UUID | None = None
    approved_at: datetime | None = moment(nullable=True)
    published_by: UUID | None = None
    published_at: datetime | None = moment(nullable=True)


class EvaluationResult(Table, table=True):
    """A company in an estate, as a run found it; never changed.

    `evaluation_id` stays the same in every edition, `id` is this one's. `missing` says by part why
    it is absent, `sources` where each part comes from. `band` follows from the third party's score,
    `grade` from the composite (U20). `owners_weight` is what owners weigh in all (U13).
    """

    __tablename__ = "evaluation_result"
    __table_args__ = (
        UniqueConstraint("run_id", "evaluation_id"),
        Index("ix_evaluation_result_company", "company_id", "estate_id"),
    )

    id: UUID = Field(primary_key=True)
    run_id: UUID = Field(foreign_key="evaluation_run.id")
    evaluation_id: UUID = Field(index=True)
    estate_id: UUID
    estate_name: str
    division: str
    community: str
    company_id: UUID
    company_name: str | None
    period: str
    owners: Decimal | None = Field(default=None, sa_type=SCORE)
    community_score: Decimal | None = Field(default=None, sa_type=SCORE)
    third_party: Decimal | None = Field(default=None, sa_type=SCORE)
    composite: Decimal | None = Field(default=None, sa_type=SCORE)
    band: str | None = None
    grade: str | None = None
    owners_weight: Decimal = Field(sa_type=WEIGHT)
    missing: dict[str, str] = Field(sa_type=JSONB)
    sources: dict[str, Any] = Field(sa_type=JSONB)
