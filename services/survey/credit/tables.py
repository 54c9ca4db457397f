"""The credit file as stored: entries and appeals are added, never changed (a trigger sees to it);
grades and consequences are proposals with a state.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, Index, Numeric, Text, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.survey.credit.domain.consequences import ConsequenceState, Kind
from services.survey.credit.domain.grades import GradeState
from services.survey.credit.domain.sources import Effect, EntrySource
from services.survey.credit.domain.standing import Outcome
from services.survey.tables import Table
from shared.database import moment


class CreditEntry(Table, table=True):
    """What is known of a company in an estate, and from where (E06, E28); once per source.

    A mark has no score. `counters` is the entry that this one takes back, `rests_on` are those it
    was formed of. Those of before have neither who entered them nor a date on which they expire.
    """

    __tablename__ = "credit_entry"
    __table_args__ = (
        UniqueConstraint("source", "source_id", "estate_id"),
        Index("ix_credit_entry_company", "company_id", "estate_id"),
    )

    id: UUID = Field(primary_key=True)
    company_id: UUID
    estate_id: UUID
    division: str
    community: str
    source: EntrySource = Field(sa_type=Text)
    source_id: UUID
    period: str
    score: Decimal | None = Field(default=None, sa_type=Numeric(5, 2))
    effect: Effect = Field(sa_type=Text)
    counters: UUID | None = Field(default=None, foreign_key="credit_entry.id", unique=True)
    rests_on: list[UUID] = Field(default_factory=list, sa_type=ARRAY(Uuid))
    published_at: datetime = moment()
    expires_at: datetime | None = moment(nullable=True)
    recorded_at: datetime = moment()
    entered_by: UUID | None = None


class CreditAppeal(Table, table=True):
    """A company disputes an entry (E28): once, with its reasons. Added, never changed."""

    __tablename__ = "credit_appeal"

    id: UUID = Field(primary_key=True)
    entry_id: UUID = Field(foreign_key="credit_entry.id", unique=True)
    reasons: str
    filed_at: datetime = moment()
    filed_by: UUID


class CreditAppealDecision(Table, table=True):
    """What was decided upon an appeal, and why. Added, never changed."""

    __tablename__ = "credit_appeal_decision"

    appeal_id: UUID = Field(foreign_key="credit_appeal.id", primary_key=True)
    outcome: Outcome = Field(sa_type=Text)
    reasons: str
    decided_at: datetime = moment()
    decided_by: UUID


class CreditGrade(Table, table=True):
    """The grade of a company for a half-year (E16-E19): a proposal until persons decided.

    `basis` are the entries it was computed from, with the households they were weighed by; `place`
    is the smallest place that holds all its estates. `edition` counts what was computed anew.
    `annulled`: it was withdrawn, and no score of its half-year is left.
    """

    __tablename__ = "credit_grade"
    __table_args__ = (UniqueConstraint("company_id", "period", "edition"),)

    id: UUID = Field(primary_key=True)
    version: int = 0
    company_id: UUID
    period: str
    edition: int
    state: GradeState = Field(sa_type=Text)
    place: str
    score: Decimal = Field(sa_type=Numeric(5, 2))
    grade: str
    basis: list[dict[str, Any]] = Field(sa_type=JSONB)
    rulebook: str
    proposed_at: datetime = moment()
    confirmed_by: UUID | None = None
    confirmed_at: datetime | None = moment(nullable=True)
    decided_by: UUID | None = None
    decided_at: datetime | None = moment(nullable=True)
    reason: str | None = None
    government_priority: bool = False
    bidding_restricted: bool = False
    expires_at: datetime | None = moment(nullable=True)
    withdrawn_at: datetime | None = moment(nullable=True)
    annulled: bool = False


class CreditConsequence(Table, table=True):
    """What is proposed to follow (E19, E24-E27). `estate_id` is absent where it is about the whole
    company; `periods` are those it follows from, `details` the figures. Amounts are in fen.
    """

    __tablename__ = "credit_consequence"
    __table_args__ = (
        Index(
            "uq_credit_consequence_what",
            "kind",
            "company_id",
            "estate_id",
            "period",
            unique=True,
            postgresql_where=text("state <> 'WITHDRAWN'"),
        ),
    )

    id: UUID = Field(primary_key=True)
    version: int = 0
    kind: Kind = Field(sa_type=Text)
    state: ConsequenceState = Field(default=ConsequenceState.PROPOSED, sa_type=Text)
    company_id: UUID
    estate_id: UUID | None = None
    place: str
    period: str
    periods: list[str] = Field(sa_type=ARRAY(Text))
    details: dict[str, Any] = Field(sa_type=JSONB)
    proposed_at: datetime = moment()
    decided_at: datetime | None = moment(nullable=True)
    decided_by: UUID | None = None
    reason: str | None = None
    base_fen: int | None = Field(default=None, sa_type=BigInteger)
    granted_fen: int | None = Field(default=None, sa_type=BigInteger)
