"""The half-yearly evaluation of companies, estate by estate (E15-E27)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from shared.contracts.event import Contract, Event, PublicState


class EvaluationState(PublicState):
    """What was published of a company in an estate for a half-year, e.g. 2026-H1.

    `composite` of owners, community and third party leads to the credit grade (E15, E16); the third
    party's own score leads to `band`, e.g. EXCELLENT or POOR (U20, E24, E26). A part that nobody
    gave is absent, and without all three there is no composite. Scores are 0 to 100 with two
    decimals, each rounded once. `edition` counts corrections.
    """

    estate_id: UUID
    estate_name: str
    division: str
    company_id: UUID
    period: str
    edition: int
    owners: Decimal | None
    community: Decimal | None
    third_party: Decimal | None
    composite: Decimal | None
    band: str | None
    published_at: datetime


class EvaluationPublished(Event):
    """E16: an evaluation is public. Nobody listens yet."""

    name = "survey.evaluation_published"
    audience = ()

    evaluation: EvaluationState

    @property
    def about(self) -> PublicState:
        return self.evaluation


class PoorEvaluationFound(Event):
    """E26: the band is POOR, so the company is to be talked to and to mend matters by a date."""

    name = "survey.poor_evaluation_found"
    audience = ("routing", "notify")

    evaluation: EvaluationState

    @property
    def about(self) -> PublicState:
        return self.evaluation


class YearScore(Contract):
    """The mean of a year's published evaluations (U14)."""

    year: int
    score: Decimal


class DismissalGuidanceState(PublicState):
    """Poor years in a row of a company in an estate; `community` is a code of twelve digits.

    The owners' assembly alone may end the contract, with so many days of notice (E27, law).
    """

    company_id: UUID
    estate_id: UUID
    estate_name: str
    division: str
    community: str
    years: tuple[YearScore, ...]
    notice_days: int


class DismissalGuidanceDue(Event):
    """E27: community and committee are told the procedure; nothing is ended by itself."""

    name = "survey.dismissal_guidance_due"
    audience = ("notify",)

    guidance: DismissalGuidanceState

    @property
    def about(self) -> PublicState:
        return self.guidance


class DismissalGuidanceWithdrawn(Event):
    """E28: a year is not poor any more, or its score was taken back; the procedure is off."""

    name = "survey.dismissal_guidance_withdrawn"
    audience = ("notify",)

    guidance: DismissalGuidanceState

    @property
    def about(self) -> PublicState:
        return self.guidance
