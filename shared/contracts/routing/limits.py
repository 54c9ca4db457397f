"""What moves a promised date or a case out of the ordinary way: returns, pauses, orders."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from shared.contracts.routing.cases import CaseEvent


class CaseReturned(CaseEvent):
    """T12: the unit says that the case is not its own; the citizen's clocks run on.

    `reason` is a code of the rulebook, `suggested` the unit it names instead.
    """

    name = "routing.case_returned"

    organisation_id: UUID
    reason: str
    suggested: UUID | None = None


class CaseReturnDecided(CaseEvent):
    """T13: the dispatcher decided on a return; `forced` units may not return again.

    `returned_by` gave the case back, the handler of the case has it now.
    """

    name = "routing.case_return_decided"

    returned_by: UUID
    forced: bool


class SuspensionRequested(CaseEvent):
    """T27: the assignee asks for a pause until a date; `desks` may decide, as in 3.6."""

    name = "routing.suspension_requested"

    reason: str
    until: datetime
    desks: tuple[str, ...]


class SuspensionDenied(CaseEvent):
    """T27: no pause; the clocks have run on all the time."""

    name = "routing.suspension_denied"

    reason: str


class CaseSuspended(CaseEvent):
    """T27: internal clocks stand still, for a reason, until a date."""

    name = "routing.case_suspended"

    reason: str
    until: datetime


class CaseResumed(CaseEvent):
    """T28: the clocks run on; every due time moved by the time paused (X06)."""

    name = "routing.case_resumed"

    paused_seconds: int


class ExtensionRequested(CaseEvent):
    """T29: the assignee asks for more time before the due time."""

    name = "routing.extension_requested"

    clock: str
    due_at: datetime


class ExtensionDecided(CaseEvent):
    """T29: granted or not; `due_at` is the due time after the decision."""

    name = "routing.extension_decided"

    clock: str
    granted: bool
    due_at: datetime


class CaseSupervised(CaseEvent):
    """T44: a supervision order (督办单); `cause` is OVERDUE, URGED, ORDERED or REPEATED."""

    name = "routing.case_supervised"

    order_id: UUID
    cause: str
    clock: str | None = None


class CaseEscalated(CaseEvent):
    """A step of the ladder after a breach (3.6): colour, desks that are told, hours late."""

    name = "routing.case_escalated"

    clock: str
    colour: str
    desks: tuple[str, ...]
    after_hours: int


class CaseUrged(CaseEvent):
    """T45: the owner urges; `times` counts all urges of the case (X17)."""

    name = "routing.case_urged"

    times: int
