"""What somebody comes to the directory for, and the trace a change leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from services.routing.directory.domain.policies import (
    OutsideYourDivision,
    OutsideYourOrganisation,
    is_administrator,
    keeps_staff_of,
    may_administer,
)
from services.routing.directory.tables import Organisation
from services.routing.occasion import Occasion
from shared.clock import BEIJING
from shared.contracts import Event
from shared.errors import Conflict
from shared.rulebook import Rulebook


@dataclass(frozen=True)
class Errand(Occasion):
    """Nothing of it exists before the transaction commits."""

    @property
    def today(self) -> date:
        return self.now.astimezone(BEIJING).date()

    @property
    def rulebook(self) -> Rulebook:
        return self.runtime.rulebooks.in_force_at(self.now)

    def require(self, division: str) -> None:
        """Raises OutsideYourDivision."""
        if not may_administer(self.actor, division):
            raise OutsideYourDivision

    def require_staff_of(self, organisation: Organisation) -> None:
        """Raises OutsideYourDivision or OutsideYourOrganisation."""
        if keeps_staff_of(self.actor, organisation.id):
            return
        if is_administrator(self.actor):
            self.require(organisation.division)
            return
        raise OutsideYourOrganisation

    def tell(self, event: Event, action: str) -> None:
        """The audit entry and the event of a change; the event carries the state after it."""
        self.note(action, event.about.id, version=event.about.version)
        self.publish(event)

    def note(self, action: str, subject_id: UUID, **details: int) -> None:
        """The audit entry of what nobody else needs to hear of; `action` is `subject.verb`."""
        self.audit(action, action.partition(".")[0], subject_id, details)

    async def settle(self, conflicts: Mapping[str, type[Conflict]]) -> None:
        """Write what was added; a broken unique constraint is raised as its conflict."""
        try:
            await self.session.flush()
        except IntegrityError as error:
            broken = getattr(error.orig.__cause__, "constraint_name", "") if error.orig else ""
            if broken not in conflicts:
                raise
            raise conflicts[broken] from None
