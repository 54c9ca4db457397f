"""Published results as everybody sees them; company names as far as the directory has told.

What was taken back upon appeal says so and has no figures any more; what is disputed says so (E28).
"""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.survey.credit.domain.standing import Standing
from services.survey.times import Moment


class PublicResult(BaseModel):
    """Of a company in an estate; `division` has nine digits."""

    model_config = ConfigDict(from_attributes=True)

    estate_id: UUID
    estate_name: str
    division: str
    company_id: UUID
    company_name: str | None
    period: str
    published_at: Moment


class PublicSatisfaction(PublicResult):
    """E05: the same figures as on the notice board. `averages` per dimension are absent where they
    would tell what single households answered.
    """

    households: int
    answers: int
    coverage: Decimal
    score: Decimal | None
    averages: dict[str, Decimal] | None
    synchronous: bool
    standing: Standing


class PublicRating(BaseModel):
    """E09, E13: QUARTERLY is of the company, COMMITTEE of the owners' committee, without a company.
    Never what one rater gave.
    """

    kind: str
    estate_id: UUID
    estate_name: str
    division: str
    company_id: UUID | None
    company_name: str | None
    period: str
    raters: int
    score: Decimal | None
    published_at: Moment
    standing: Standing


class PublicEvaluation(PublicResult):
    """E15, E16: parts that nobody gave are absent; without all three there is no composite.
    `standings` are those of owners, third party and composite.
    """

    edition: int
    owners: Decimal | None
    community: Decimal | None
    third_party: Decimal | None
    composite: Decimal | None
    band: str | None
    standings: dict[str, Standing]


class PublicGrade(BaseModel):
    """E16-E19: the credit grade in force of a company, as persons decided it."""

    company_id: UUID
    company_name: str | None
    period: str
    grade: str
    decided_at: Moment
