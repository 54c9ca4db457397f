"""Credit grades of companies (E16-E19)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from shared.contracts.event import Event, PublicState


class CreditGradeState(PublicState):
    """The grade of a company: A to D, from the composite scores of a half-year (U20).

    The flags are proposals to whoever decides: government projects go first to some, bidding is
    restricted for others (E17, E18). D is in force once a second person confirmed it (E19).
    """

    company_id: UUID
    period: str
    score: Decimal
    grade: str
    government_priority: bool
    bidding_restricted: bool
    decided_at: datetime


class CreditGradeDecided(Event):
    """A company has a grade for a half-year. Nobody listens yet."""

    name = "survey.credit_grade_decided"
    audience = ("notify",)  # its words above are part of a published schema

    grade: CreditGradeState

    @property
    def about(self) -> PublicState:
        return self.grade


class CreditGradeWithdrawn(Event):
    """E28: a score that it rests on is disputed or gone; it is in force no more."""

    name = "survey.credit_grade_withdrawn"
    audience = ("notify",)

    grade: CreditGradeState

    @property
    def about(self) -> PublicState:
        return self.grade
