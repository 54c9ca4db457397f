"""Request and response bodies of agencies, imports and community assessments."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.survey.evaluations.domain.lifecycles import AssessmentStatus
from services.survey.times import Moment
from shared.web.body import Body

Period = Annotated[str, Field(min_length=4, max_length=10)]
Reason = Annotated[str, Field(min_length=1, max_length=500)]
Mark = Annotated[Decimal, Field(ge=0, le=1_000, decimal_places=2)]


class AgencyContractIn(Body):
    """E22: `divisions` are codes of a city, county, street or community; both days are included."""

    agency_id: UUID
    divisions: Annotated[
        list[Annotated[str, Field(pattern=r"^[0-9]{2,12}$")]], Field(min_length=1, max_length=50)
    ]
    valid_from: date
    valid_to: date


class ContractEndIn(Body):
    last_day: date
    reason: Reason


class AgencyContractOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
    agency_id: UUID
    agency_name: str
    divisions: list[str]
    valid_from: date
    valid_to: date
    registered_at: Moment


class FaultOut(BaseModel):
    """`row` is the number that the office program shows; `field` the heading, if it is one cell."""

    row: int
    field: str | None
    code: str
    title: str
    detail: str


class ImportOut(BaseModel):
    """A sheet as looked at. `counts` say how many rows are new, correct or repeat what is known;
    with `faults` nothing can be taken over.
    """

    id: UUID
    made_at: Moment
    expires_at: Moment
    applied_at: Moment | None
    rulebook: str
    rows: int
    faulty: int
    counts: dict[str, int]
    faults: list[FaultOut]
    faults_left_out: int


class ThirdPartyOut(BaseModel):
    """A version of what an agency found; with `replaced_at` it is valid no more. `same_source`:
    the owners' sample was a survey of this platform (U13).
    """

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
    import_id: UUID
    agency_id: UUID
    estate_id: UUID
    estate_name: str
    division: str
    company_id: UUID
    period: str
    marks: dict[str, Decimal]
    score: Decimal
    sample_size: int
    sample_source: str
    same_source: bool
    evaluated_on: date
    imported_at: Moment
    replaced_at: Moment | None


class AssessmentIn(Body):
    """`marks` are 0 to 100 by the code of an indicator, all of them; `assessed_on` lies in the
    half-year.
    """

    estate_id: UUID
    period: Period
    assessed_on: date
    marks: Annotated[dict[str, Mark], Field(min_length=1, max_length=20)]
    note: Annotated[str, Field(min_length=1, max_length=2_000)]


class ReasonIn(Body):
    reason: Reason


class AssessmentOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
    state: AssessmentStatus
    estate_id: UUID
    estate_name: str
    division: str
    community: str
    company_id: UUID
    period: str
    assessed_on: date
    marks: dict[str, Decimal]
    score: Decimal
    note: str
    entered_by: UUID
    entered_at: Moment
    decided_by: UUID | None
    decided_at: Moment | None
    decision: str | None


class IndicatorOut(BaseModel):
    code: str
    chinese: str
    weight: Decimal


class FormOut(BaseModel):
    """What a community is asked, and up to which mark."""

    version: str
    score_top: Decimal
    indicators: list[IndicatorOut]
