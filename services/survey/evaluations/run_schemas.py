"""Request and response bodies of runs and of published evaluations."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.survey.credit.domain.standing import Standing
from services.survey.evaluations.domain.lifecycles import RunStatus
from services.survey.evaluations.schemas import Period
from services.survey.times import Moment
from shared.web.body import Body


class RunIn(Body):
    """`division` is the city or a county; `reason` is asked for once the half-year is published."""

    division: Annotated[str, Field(pattern=r"^[0-9]{4,6}$")]
    period: Period
    reason: Annotated[str | None, Field(min_length=1, max_length=500)] = None


class DifferenceOut(BaseModel):
    """What an edition changes: a figure of an evaluation, before and after."""

    evaluation_id: UUID
    figure: str
    before: str | None
    after: str | None


class RunOut(BaseModel):
    """`served` are the companies and estates that could have been evaluated, `evaluated` those of
    which anything is known, `composed` those that have a composite.
    """

    id: UUID
    version: int
    state: RunStatus
    division: str
    period: str
    edition: int
    corrects: UUID | None
    reason: str | None
    rulebook: str
    served: int
    evaluated: int
    composed: int
    drafted_by: UUID
    drafted_at: Moment
    approved_by: UUID | None
    approved_at: Moment | None
    published_by: UUID | None
    published_at: Moment | None
    differences: list[DifferenceOut]


class LabelOut(BaseModel):
    code: str
    chinese: str


class AbsenceOut(BaseModel):
    """Why a part is missing."""

    code: str
    chinese: str


class ResultOut(BaseModel):
    """A company in an estate for a half-year. Without all three parts there is no composite, and
    `missing` says why. `band` follows from the third party's score, `grade` from the composite:
    two labels of two scores (U20). `weights` are those of the parts; `owners_weight` is what owners
    weigh in all, more than their part where the third party used the same sample (U13).
    `standings` say of owners, third party and composite how the credit file holds them today:
    valid, disputed, upheld or revoked (E28).
    """

    evaluation_id: UUID
    run_id: UUID
    estate_id: UUID
    estate_name: str
    division: str
    company_id: UUID
    company_name: str | None
    period: str
    owners: Decimal | None
    community: Decimal | None
    third_party: Decimal | None
    composite: Decimal | None
    band: LabelOut | None
    grade: LabelOut | None
    weights: dict[str, Decimal]
    owners_weight: Decimal
    missing: dict[str, AbsenceOut]
    standings: dict[str, Standing]


class ResultDetail(ResultOut):
    """`sources` say where each part comes from; for staff."""

    sources: dict[str, Any] | None


class EditionOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    run_id: UUID
    edition: int
    published_at: Moment
    reason: str | None


class EvaluationOut(ResultDetail):
    """The newest edition, and those before it."""

    editions: list[EditionOut]
