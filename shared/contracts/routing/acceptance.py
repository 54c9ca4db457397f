"""What is said of a complaint before it has a case (T02, T05, CK-00)."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from shared.contracts.event import Event, PublicState
from shared.contracts.routing.cases import RefusedComplaint
from shared.privacy import Sealed


class InformationRequest(PublicState):
    """`id` is the complaint's; `version` counts what was decided about it before acceptance.

    `missing` are codes of the rulebook (`acceptance.missing_items`), `until` the end of CK-13.
    """

    missing: tuple[str, ...]
    until: datetime


class InformationRequested(Event):
    """T02: something is missing; `words` of the desk can be opened by intake only."""

    name = "routing.complaint_info_requested"
    audience = ("intake",)

    request: InformationRequest
    words: Sealed | None = None

    @property
    def about(self) -> PublicState:
        return self.request


class ComplaintRefusedByDesk(Event):
    """T05 by a person: as version 1, with the `words` that explain it, for intake only."""

    name = "routing.complaint_refused"
    version: ClassVar[int] = 2
    audience = ("intake",)

    complaint: RefusedComplaint
    words: Sealed

    @property
    def about(self) -> PublicState:
        return self.complaint


class PendingState(PublicState):
    """A complaint that waits to be accepted. `desk_id` is the centre whose task that is."""

    number: str
    division: str
    estate_id: UUID
    grid_code: str | None
    desk_id: UUID | None
    submitted_at: datetime


class AcceptanceDueSoon(Event):
    """CK-00 passed a `share` of its length, and nobody has accepted, refused or asked (3.6)."""

    name = "routing.acceptance_due_soon"
    audience = ("notify",)

    pending: PendingState
    share: float
    due_at: datetime

    @property
    def about(self) -> PublicState:
        return self.pending


class AcceptanceOverdue(Event):
    """CK-00 ran out at `due_at`: nobody has accepted, refused or asked (centre alert)."""

    name = "routing.acceptance_overdue"
    audience = ("notify",)

    pending: PendingState
    due_at: datetime

    @property
    def about(self) -> PublicState:
        return self.pending
