"""Joint work, rectifications, and meetings that were not held."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.routing.governance.domain.rectification import Cause
from services.routing.tables import Table
from shared.database import moment

REOPENED = Cause.REOPENED_CASES.value


class JointWork(Table, table=True):
    """A meeting or an enforcement of several units (A11); `summary` is encrypted.

    `units` are ids and names of the organisations that took part.
    """

    __tablename__ = "joint_work"

    id: UUID = Field(primary_key=True)
    kind: str
    held_at: datetime = moment()
    division: str = Field(index=True)
    units: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSONB))
    summary: str
    recorded_at: datetime = moment()
    recorded_by: UUID


class JointWorkCase(Table, table=True):
    """A case that joint work was about."""

    __tablename__ = "joint_work_case"

    joint_work_id: UUID = Field(foreign_key="joint_work.id", primary_key=True)
    case_id: UUID = Field(foreign_key="cases.id", primary_key=True, index=True)


class Rectification(Table, table=True):
    """What a company has to mend by a date (CK-16). `demands`, `answer` and `review` are encrypted.

    `division` is that of the estate; `proofs` are numbers of documents or addresses of photographs.
    """

    __tablename__ = "rectification"

    id: UUID = Field(primary_key=True)
    version: int = 1
    company_id: UUID = Field(index=True)
    estate_id: UUID
    division: str = Field(index=True)
    cause: str
    stage: str
    demands: str
    talk_held_at: datetime = moment()
    ordered_at: datetime = moment()
    ordered_by: UUID
    answer: str | None = None
    proofs: list[str] = Field(default_factory=list, sa_column=Column(JSONB))
    proven_at: datetime | None = moment(nullable=True)
    review: str | None = None
    accepted_at: datetime | None = moment(nullable=True)
    extended_at: datetime | None = moment(nullable=True)
    overdue: bool = False


class TalkPrompt(Table, table=True):
    """The street is prompted to talk with a company: its cases keep coming back (3.6), its scores
    are low (E07, `survey_id` and `scores` of the surveys in a row), or it was found poor (E26,
    `evaluation_id`). Of a half-year (`period`) there is one for scores and evaluations together.

    A person decides; the prompt only says why, and which `rectification_id` came of it.
    """

    __tablename__ = "talk_prompt"
    __table_args__ = (
        Index("uq_talk_prompt_half_year", "company_id", "estate_id", "period", unique=True),
    )

    id: UUID = Field(primary_key=True)
    cause: str = Field(default=Cause.REOPENED_CASES, sa_column_kwargs={"server_default": REOPENED})
    company_id: UUID
    estate_id: UUID = Field(index=True)
    division: str = Field(index=True)
    reopened: int = 0
    survey_id: UUID | None = Field(default=None, unique=True)
    evaluation_id: UUID | None = None
    period: str | None = None
    scores: list[dict[str, Any]] = Field(
        default_factory=list,
        sa_column=Column(JSONB, server_default="[]", nullable=False),
    )
    at: datetime = moment()
    rectification_id: UUID | None = Field(default=None, foreign_key="rectification.id")


class MeetingGap(Table, table=True):
    """A cycle of meetings without a record (D07, D08, D09); of each cycle there is one at most."""

    __tablename__ = "meeting_gap"
    __table_args__ = (UniqueConstraint("convenor_id", "first_day"),)

    id: UUID = Field(primary_key=True)
    convenor_id: UUID = Field(foreign_key="organisation.id")
    division: str = Field(index=True)
    level: str
    cycle: str
    first_day: date
    last_day: date
    noticed_at: datetime = moment()
