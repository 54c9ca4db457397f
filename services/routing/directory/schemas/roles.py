"""Roles with the days on which they are held."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from services.routing.directory.domain.periods import Period
from services.routing.directory.domain.roles import Granted
from services.routing.directory.tables import RoleGrant
from services.routing.times import Moment
from shared.identity import Role
from shared.web.body import Body


class NewGrant(Body):
    """Both days are included; from today, and without end, unless they are given."""

    role: Role
    valid_from: date | None = None
    valid_to: date | None = None

    def granted(self, today: date) -> Granted:
        """Raises EndsBeforeItBegins."""
        return Granted(self.role, Period(self.valid_from or today, self.valid_to))


class GrantEnd(Body):
    """The role is held until 24:00 of this day."""

    last_day: date


class GrantOut(BaseModel):
    id: UUID
    role: Role
    valid_from: date
    valid_to: date | None
    granted_by: UUID
    granted_at: Moment

    @classmethod
    def of(cls, row: RoleGrant) -> GrantOut:
        return cls.model_validate(row.model_dump())
