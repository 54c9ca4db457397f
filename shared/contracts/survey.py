"""The events survey promises."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from shared.contracts.event import Contract, Event, PublicState
from shared.contracts.vocabulary import Solved


class VisitState(PublicState):
    """A return visit (回访): one per complaint of a case that got its feedback.

    `asks_to_reopen`: not solved, or a bad level with a reason (T32); a bad level without a reason
    only counts (X34). `process_level` is absent when the owner answered through intake.
    """

    case_id: UUID
    complaint_id: UUID
    owner_id: UUID
    state: str
    opened_at: datetime
    answered_at: datetime | None = None
    solved: Solved | None = None
    result_level: int | None = None
    process_level: int | None = None
    asks_to_reopen: bool = False


class VisitEvent(Event):
    visit: VisitState

    @property
    def about(self) -> PublicState:
        return self.visit


class VisitOpened(VisitEvent):
    """Feedback was given; the owner is asked (CK-12, CK-14)."""

    name = "survey.visit_opened"
    audience = ()


class VisitCallingBegan(VisitEvent):
    """CK-12 ran out: somebody is to call the owner (CK-14), and intake tells the number."""

    name = "survey.visit_calling_began"
    audience = ("intake",)


class VisitAnswered(VisitEvent):
    """The owner answered: solved or not, and two levels of 1 to 5 (facts 2.5)."""

    name = "survey.visit_answered"
    audience = ("routing", "intake")


class VisitUnanswered(VisitEvent):
    """CK-12 and CK-14 ran out without an answer; nobody counts as satisfied (X33)."""

    name = "survey.visit_unanswered"
    audience = ("routing",)


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
    audience = ()

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
