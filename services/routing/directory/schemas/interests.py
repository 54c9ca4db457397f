"""Companies, committees and houses in which somebody has a stake (A13)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from services.routing.directory.domain.interests import InterestKind, InterestSource
from services.routing.directory.domain.periods import Period
from services.routing.directory.tables import Interest
from services.routing.times import Moment
from shared.web.body import Body


class NewInterest(Body):
    """`subject_id` names an organisation or a house; from today unless another day is given."""

    subject_id: UUID
    valid_from: date | None = None
    valid_to: date | None = None

    def period(self, today: date) -> Period:
        """Raises EndsBeforeItBegins."""
        return Period(self.valid_from or today, self.valid_to)


class InterestOut(BaseModel):
    """`lifted_at` is when somebody else took it back."""

    id: UUID
    kind: InterestKind
    subject_id: UUID
    source: InterestSource
    valid_from: date
    valid_to: date | None
    recorded_by: UUID
    recorded_at: Moment
    lifted_at: Moment | None

    @classmethod
    def of(cls, row: Interest) -> InterestOut:
        return cls.model_validate(row.model_dump() | {"lifted_at": row.withdrawn_at})
