"""Ratings by representatives and panels (E09-E14)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from shared.contracts.event import Event, PublicState


class RatingState(PublicState):
    """A rating that is public. `kind` is QUARTERLY (of the company, E09) or COMMITTEE (of the
    owners' committee, E13: no company then). `score` is 0 to 100, two decimals, rounded once.
    """

    kind: str
    estate_id: UUID
    estate_name: str
    division: str
    company_id: UUID | None
    period: str
    raters: int
    score: Decimal
    published_at: datetime


class RatingPublished(Event):
    """The score of a rating is public; never what one rater gave. Nobody listens yet."""

    name = "survey.rating_published"
    audience = ()

    rating: RatingState

    @property
    def about(self) -> PublicState:
        return self.rating
