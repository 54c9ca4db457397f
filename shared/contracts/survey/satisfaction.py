"""What residents think of their company, and two low scores in a row (E05-E07)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from shared.contracts.event import Contract, Event, PublicState


class SatisfactionState(PublicState):
    """A survey of the owners' satisfaction (业主满意度测评) with a company in an estate.

    `score` is 0 to 100 with two decimals, rounded once, half up (rules-0.2). `synchronous`: every
    channel was posted on the same day (E05). Nothing here leads to a household.
    """

    state: str
    estate_id: UUID
    estate_name: str
    division: str
    company_id: UUID
    period: str
    ends_on: date
    questionnaire: str
    households: int
    answers: int
    coverage: Decimal
    score: Decimal
    published_at: datetime
    synchronous: bool


class SatisfactionPublished(Event):
    """E05: the score stands on the notice board and in the owners' group. Nobody listens yet."""

    name = "survey.satisfaction_published"
    audience = ("notify",)  # its words above are part of a published schema

    survey: SatisfactionState

    @property
    def about(self) -> PublicState:
        return self.survey


class LowScore(Contract):
    """One of the results in a row."""

    survey_id: UUID
    period: str
    score: Decimal
    published_at: datetime


class LowScoresState(PublicState):
    """Results in a row `below` the threshold, of a company in an estate; the oldest first.

    `id` is the survey that completes the row.
    """

    company_id: UUID
    estate_id: UUID
    estate_name: str
    division: str
    below: Decimal
    scores: tuple[LowScore, ...]


class RectificationDue(Event):
    """E07: two published scores in a row are low, so the company is to be talked to."""

    name = "survey.rectification_due"
    audience = ("routing",)

    company: LowScoresState

    @property
    def about(self) -> PublicState:
        return self.company
