"""Surveys as stored: the survey, its households, answers, visits and publications."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Index, Numeric, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.survey.surveys.domain.answers import Mode
from services.survey.surveys.domain.lifecycle import Invalidity, SurveyStatus
from services.survey.surveys.domain.visits import Outcome
from services.survey.tables import Table
from shared.contracts.vocabulary import Relation
from shared.database import moment

SHARE = Numeric(5, 2)


class Survey(Table, table=True):
    """One per estate and period that holds. `rulebook` is the version whose questionnaire was
    opened; `community` the code of twelve digits; `averages` are the figures that may be shown.
    """

    __tablename__ = "survey"
    __table_args__ = (
        Index(
            "uq_survey_estate_period",
            "estate_id",
            "period",
            unique=True,
            postgresql_where=text("state <> 'INVALID'"),
        ),
        Index("ix_survey_company", "company_id", "estate_id"),
    )

    id: UUID = Field(primary_key=True)
    version: int = 1
    state: SurveyStatus = Field(default=SurveyStatus.DRAFT, sa_type=Text)
    estate_id: UUID
    estate_name: str
    division: str
    community: str
    grid_codes: list[str] = Field(sa_type=ARRAY(Text))
    company_id: UUID
    period: str
    ends_on: date
    rulebook: str
    drafted_at: datetime = moment()
    opened_at: datetime | None = moment(nullable=True)
    closed_at: datetime | None = moment(nullable=True)
    published_at: datetime | None = moment(nullable=True)
    households: int | None = None
    visited: int | None = None
    answers: int | None = None
    coverage: Decimal | None = Field(default=None, sa_type=SHARE)
    score: Decimal | None = Field(default=None, sa_type=SHARE)
    averages: dict[str, str] | None = Field(default=None, sa_type=JSONB)
    synchronous: bool | None = None
    invalid_because: Invalidity | None = Field(default=None, sa_type=Text)


class SurveyHousehold(Table, table=True):
    """A house of the estate on the day of the opening (E03). `answer_id` is its one valid answer
    (E29); `contacted_at` when a visit first reached somebody, `tries` how many reached nobody.
    """

    __tablename__ = "survey_household"

    survey_id: UUID = Field(foreign_key="survey.id", primary_key=True)
    house_id: UUID = Field(primary_key=True, index=True)
    grid_code: str
    building: str
    unit: str
    room: str
    answer_id: UUID | None = None
    contacted_at: datetime | None = moment(nullable=True)
    tries: int = 0


class SurveyAnswer(Table, table=True):
    """An answer as given; those that another one replaced are kept and do not count.

    `owner_id` is the account that answered online, until it is erased.
    """

    __tablename__ = "survey_answer"
    __table_args__ = (Index("ix_survey_answer_house", "survey_id", "house_id"),)

    id: UUID = Field(primary_key=True)
    survey_id: UUID
    house_id: UUID
    owner_id: UUID | None = Field(default=None, index=True)
    relation: Relation = Field(sa_type=Text)
    mode: Mode = Field(sa_type=Text)
    given_at: datetime = moment()
    received_at: datetime = moment()
    levels: dict[str, int] = Field(sa_type=JSONB)


class SurveyVisit(Table, table=True):
    """A grid worker at the door, under the id that the device gave it, with what was answered to
    the device. Kept for good: a telephone may lie in a drawer and send it all again.
    """

    __tablename__ = "survey_visit"

    worker_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    survey_id: UUID = Field(index=True)
    house_id: UUID
    outcome: Outcome = Field(sa_type=Text)
    visited_at: datetime = moment()
    received_at: datetime = moment()
    fingerprint: str
    receipt: dict[str, Any] | None = Field(default=None, sa_type=JSONB)


class SurveyPublication(Table, table=True):
    """On which channel the result was posted, when, and what proves it (E05)."""

    __tablename__ = "survey_publication"

    survey_id: UUID = Field(foreign_key="survey.id", primary_key=True)
    channel: str = Field(primary_key=True)
    posted_at: datetime = moment()
    proof: str
    recorded_by: UUID
    recorded_at: datetime = moment()
