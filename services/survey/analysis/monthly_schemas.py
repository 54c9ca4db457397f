"""Monthly reports and their measures: bodies in and out."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.survey.analysis.domain.lifecycle import AnalysisStatus
from services.survey.analysis.domain.measures import MeasureStatus
from services.survey.analysis.findings import Findings
from services.survey.times import Moment
from shared.web.body import Body


class OwnerIn(Body):
    """Who sees to it: the organisation and the person in it."""

    organisation_id: UUID
    person_id: UUID


class MeasureIn(Body):
    """`owner` may be named later; without one the report is not concluded (C08)."""

    action: Annotated[str, Field(min_length=1, max_length=500)]
    owner: OwnerIn | None = None
    due_on: date


class ProofIn(Body):
    """What was done, or where that is documented."""

    proof: Annotated[str, Field(min_length=1, max_length=500)]


class ConclusionIn(Body):
    """When the meeting was held, and what it came to."""

    held_on: date
    conclusion: Annotated[str, Field(min_length=1, max_length=2000)]


class MeasureOut(BaseModel):
    """`overdue`: open, and its day is over."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    state: MeasureStatus
    action: str
    owner_organisation_id: UUID | None
    owner_id: UUID | None
    due_on: date
    overdue: bool
    proof: str | None
    done_at: Moment | None


class MonthlyAnalysisOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    state: AnalysisStatus
    division: str
    period: str
    generated_at: Moment
    held_on: date | None
    concluded_at: Moment | None


class MonthlyAnalysisDetail(MonthlyAnalysisOut):
    """`findings` are those of `generated_at`, whatever became known later."""

    conclusion: str | None
    findings: Findings
    measures: list[MeasureOut]
