"""Return visits: what people think of how their complaint was handled (CK-12, CK-14)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from shared.contracts.event import Event, PublicState
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
    audience = ("intake", "notify")


class VisitAnswered(VisitEvent):
    """The owner answered: solved or not, and two levels of 1 to 5 (facts 2.5)."""

    name = "survey.visit_answered"
    audience = ("routing", "intake")


class VisitUnanswered(VisitEvent):
    """CK-12 and CK-14 ran out without an answer; nobody counts as satisfied (X33)."""

    name = "survey.visit_unanswered"
    audience = ("routing",)
