"""A case on its way from triage to closing."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from shared.contracts.event import Contract, Event, PublicState
from shared.contracts.vocabulary import (
    CaseStatus,
    Grade,
    RefusalReason,
    ResultCode,
)
from shared.privacy import Sealed

EVERYBODY = ("intake", "survey", "notify")


class Unit(Contract):
    """An organisation that works on a case; `role` is LEAD, CO or INFO."""

    organisation_id: UUID
    end: str
    role: str
    display_name: str
    person_id: UUID | None = None


class ClockState(Contract):
    """A promised deadline, e.g. CK-05; `state` is RUNNING, PAUSED, MET or STOPPED."""

    kind: str
    started_at: datetime
    due_at: datetime
    state: str
    met_at: datetime | None = None
    breached_at: datetime | None = None


class CaseState(PublicState):
    """A case (案件): one per problem, with who handles it and until when."""

    number: str
    state: CaseStatus
    category: str
    category_name: str
    grade: Grade | None
    division: str
    estate_id: UUID
    estate_name: str
    building_id: UUID | None
    grid_code: str | None
    complaint_ids: tuple[UUID, ...]
    owner_ids: tuple[UUID, ...]
    company_id: UUID | None
    handler: Unit | None
    units: tuple[Unit, ...]
    clocks: tuple[ClockState, ...]
    confidential: bool
    anonymous: bool
    emergency: bool
    overdue: bool
    rulebook: str
    result_code: ResultCode | None = None
    accepted_at: datetime
    first_dispatch_at: datetime | None = None
    feedback_at: datetime | None = None
    closed_at: datetime | None = None


class CaseEvent(Event):
    audience = EVERYBODY

    case: CaseState

    @property
    def about(self) -> PublicState:
        return self.case


class PartiesEvent(CaseEvent):
    """What the parties are told. `respondent` is the side the owner stands against: COMPANY, or
    OTHER for a neighbour; absent where that is not known.
    """

    respondent: str | None = None


class RefusedComplaint(PublicState):
    """`id` is the complaint's."""

    reason: RefusalReason
    hint: str


class ComplaintRefused(Event):
    """T05: triage found a matter that is not ours, e.g. for the police (B02)."""

    name = "routing.complaint_refused"
    audience = ("intake",)

    complaint: RefusedComplaint

    @property
    def about(self) -> PublicState:
        return self.complaint


class CaseCreated(CaseEvent):
    """T06: the complaint was accepted and has a case; CK-01 runs."""

    name = "routing.case_created"


class CaseGraded(CaseEvent):
    """T09: category and grade are set, by rule or by a person."""

    name = "routing.case_graded"


class CaseDispatched(CaseEvent):
    """T10, T13: a unit is to handle the case."""

    name = "routing.case_dispatched"


class CaseSigned(CaseEvent):
    """T11: the assignee took the case, or the system did after CK-02."""

    name = "routing.case_signed"

    automatic: bool


class CaseProgressed(CaseEvent):
    """T14: a progress note; public notes can be opened by intake for the owner."""

    name = "routing.case_progressed"

    note: Sealed | None


class CaseRegraded(CaseEvent):
    """T30: the grade changed; the anchor stays the first dispatch (X01)."""

    name = "routing.case_regraded"

    old_grade: Grade


class CaseResultSubmitted(CaseEvent):
    """T19, T23, T24, T37, T40, T42: a result awaits review."""

    name = "routing.case_result_submitted"


class CaseResultRejected(CaseEvent):
    """T26: the reviewer sent the result back."""

    name = "routing.case_result_rejected"


class CaseInterimFeedback(CaseEvent):
    """CK-05: interim feedback with a recorded reason; intake can open the reply."""

    name = "routing.case_interim_feedback"

    reply: Sealed


class CaseFeedbackGiven(CaseEvent):
    """T25: final feedback; intake can open the reply."""

    name = "routing.case_feedback_given"

    reply: Sealed


class CaseClosed(CaseEvent):
    """T31."""

    name = "routing.case_closed"


class CaseReopened(CaseEvent):
    """T32, T33."""

    name = "routing.case_reopened"


class ClockWarned(CaseEvent):
    """A clock passed a share of its length (3.6)."""

    name = "routing.clock_warned"

    clock: str
    share: float


class ClockBreached(CaseEvent):
    """A clock ran out; `breached_at` is the due time, however late it was noticed (X38)."""

    name = "routing.clock_breached"

    clock: str
    breached_at: datetime
