"""The events routing promises about cases; those about the directory are in directory.py."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from shared.contracts.event import Contract, Event, PublicState
from shared.contracts.vocabulary import (
    CaseStatus,
    ConfirmationOutcome,
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


class MediationRequested(CaseEvent):
    """T15: mediation was proposed."""

    name = "routing.mediation_requested"


class MediationScheduled(CaseEvent):
    """T15: the parties consented; time and place are set."""

    name = "routing.mediation_scheduled"

    scheduled_for: datetime
    place: str


class MediationHeld(CaseEvent):
    """T16: a session took place; `valid` says whether it meets CK-03 (B05)."""

    name = "routing.mediation_held"

    held_at: datetime
    valid: bool


class MediationRefused(CaseEvent):
    """T17: a party refused or could not be reached."""

    name = "routing.mediation_refused"

    unreachable: bool


class MediationAgreed(CaseEvent):
    """T18, T19: the parties agreed, in writing or orally."""

    name = "routing.mediation_agreed"

    written: bool


class AgreementEffective(CaseEvent):
    """T18: the last of signatures, mediator's signature and seal; CK-09 runs."""

    name = "routing.agreement_effective"

    agreement_id: UUID
    effective_at: datetime
    confirmation_until: datetime


class AgreementPerformed(CaseEvent):
    """T37: every obligation is proven."""

    name = "routing.agreement_performed"


class MediationFailed(CaseEvent):
    """T20: mediation ended without agreement."""

    name = "routing.mediation_failed"


class JudicialGuided(CaseEvent):
    """T20, T38: the parties were told their other routes (C07)."""

    name = "routing.judicial_guided"


class PackageState(Contract):
    """A hand-over package, by number; its contents are fetched by the court's own token."""

    package_id: UUID
    package_number: str
    court_id: UUID


class JudicialHandedOver(CaseEvent):
    """T39: the package went to the court, with the party's consent."""

    name = "routing.judicial_handed_over"

    package: PackageState


class JudicialFiled(CaseEvent):
    """T39: the court registered the case."""

    name = "routing.judicial_filed"

    package: PackageState
    court_case_number: str


class JudicialConcluded(CaseEvent):
    """T42: judgment, court mediation, withdrawal or refusal."""

    name = "routing.judicial_concluded"

    package: PackageState
    outcome: str


class ApplicationState(Contract):
    """An application for judicial confirmation."""

    application_id: UUID
    application_number: str
    court_id: UUID


class ConfirmationApplied(CaseEvent):
    """T34: both parties applied jointly within CK-09."""

    name = "routing.confirmation_applied"

    application: ApplicationState


class ConfirmationDecided(CaseEvent):
    """T35, T36: the court decided."""

    name = "routing.confirmation_decided"

    application: ApplicationState
    outcome: ConfirmationOutcome
    court_case_number: str | None


class JointOpened(CaseEvent):
    """T21: joint handling with a lead and co-departments (A09)."""

    name = "routing.joint_opened"


class JointConvened(CaseEvent):
    """CK-07: the departments met."""

    name = "routing.joint_convened"


class JointPlanned(CaseEvent):
    """CK-07: the shared plan is filed."""

    name = "routing.joint_planned"


class JointMemberResult(CaseEvent):
    """T22: one department filed its result, or the lead released it (X19)."""

    name = "routing.joint_member_result"

    organisation_id: UUID
    released: bool


class JointCompleted(CaseEvent):
    """T23: all results are in and consolidated."""

    name = "routing.joint_completed"


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


class CaseRegraded(CaseEvent):
    """T30: the grade changed; the anchor stays the first dispatch (X01)."""

    name = "routing.case_regraded"

    old_grade: Grade


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


class RevokedSession(PublicState):
    expires_at: datetime


class StaffSessionRevoked(Event):
    """A member of staff signed out; access tokens of this session are no longer good."""

    name = "routing.staff_session_revoked"
    audience = EVERYBODY

    session: RevokedSession

    @property
    def about(self) -> PublicState:
        return self.session
