"""The case side of the lifecycle as a table (lifecycle 3.2, 3.5); nobody else assigns a state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from shared.contracts.vocabulary import CaseStatus
from shared.errors import Conflict


class Action(StrEnum):
    """What is done to a case; the past tense of it is the action of the audit log."""

    CREATE = "created"
    GRADE = "graded"
    DISPATCH = "dispatched"
    SIGN = "signed"
    RETURN = "returned"
    DECIDE_RETURN = "return_decided"
    PROGRESS = "progressed"
    REQUEST_MEDIATION = "mediation_requested"
    CONSENT = "mediation_consent_recorded"
    SCHEDULE = "mediation_scheduled"
    HOLD_SESSION = "mediation_held"
    EXTEND_MEDIATION = "mediation_extended"
    REFUSE_MEDIATION = "mediation_refused"
    AGREE = "mediation_agreed"
    AGREE_AND_PERFORM = "mediation_agreed_and_performed"
    FAIL_MEDIATION = "mediation_failed"
    OPEN_JOINT = "joint_opened"
    CONVENE = "joint_convened"
    PLAN = "joint_planned"
    FILE_MEMBER_RESULT = "joint_member_result"
    RELEASE_MEMBER = "joint_member_released"
    COMPLETE_JOINT = "joint_completed"
    SUBMIT_RESULT = "result_submitted"
    APPROVE_RESULT = "feedback_given"
    REJECT_RESULT = "result_rejected"
    GIVE_INTERIM_FEEDBACK = "interim_feedback_given"
    PROPOSE_GRADE = "grade_proposed"
    REGRADE = "regraded"
    ASK_TO_SUSPEND = "suspension_asked"
    DENY_SUSPENSION = "suspension_denied"
    SUSPEND = "suspended"
    RESUME_HANDLING = "handling_resumed"
    RESUME_MEDIATION = "mediation_resumed"
    RESUME_JOINT = "joint_resumed"
    ASK_FOR_EXTENSION = "extension_requested"
    ENDORSE_EXTENSION = "extension_endorsed"
    DENY_EXTENSION = "extension_denied"
    EXTEND = "extended"
    SUPERVISE = "supervised"
    ESCALATE = "escalated"
    URGE = "urged"
    MERGE = "merged"
    JOIN = "complaints_joined"
    UNMERGE = "complaint_unmerged"
    ALERT_GROUP = "group_alerted"
    NAME_REPRESENTATIVES = "representatives_named"
    RELEASE_COMPLAINT = "complaint_released"
    CANCEL = "cancelled"
    FLAG_POLICE = "police_matter_found"
    DECIDE_TRANSFER = "transfer_decided"
    TRANSFER_PART = "part_transferred"
    TRANSFER = "transferred"
    RECORD_JOINT_WORK = "joint_work_recorded"
    RECORD_PERSUASION = "persuasion_recorded"
    RECORD_CONTACT = "contact_recorded"
    CLOSE = "closed"
    REOPEN = "reopened"
    ASK_TO_REOPEN = "reopening_asked"
    EXPLAIN_FINALLY = "finally_explained"
    PREPARE_CONFIRMATION = "confirmation_prepared"
    APPLY_FOR_CONFIRMATION = "confirmation_applied"
    CONFIRM = "confirmation_decided"
    DENY_CONFIRMATION = "confirmation_denied"
    PERFORM_AGREEMENT = "agreement_performed"
    BREAK_AGREEMENT = "agreement_broken"
    CONSENT_TO_COURT = "judicial_consented"
    HAND_OVER = "judicial_handed_over"
    FILE_IN_COURT = "judicial_filed"
    NOT_FILED = "judicial_not_filed"
    CONCLUDE_IN_COURT = "judicial_concluded"
    DELEGATE_BACK = "judicial_delegated_back"
    RECEIVE_FROM_COURT = "judicial_received"
    RETURN_TO_COURT = "judicial_returned"
    BREACH = "clock_breached"
    WARN = "clock_warned"


@dataclass(frozen=True, slots=True)
class Transition:
    """`row` is the id in lifecycle 3.5, or of the clock or rule that speaks of the action."""

    to: CaseStatus
    row: str


class ActionNotPossible(Conflict):
    """In its present state this cannot be done to the case."""

    code = "ACTION_NOT_POSSIBLE"
    chinese = "案件当前状态不允许此操作。"


S = CaseStatus
A = Action

FIRST = Transition(S.TO_DISPATCH, "T06")

HANDLED = (S.HANDLING, S.MEDIATING, S.JOINT)
BEYOND_HANDLING = (
    S.AGREEMENT_PERFORMING,
    S.JUDICIAL_CONFIRMING,
    S.LITIGATION_GUIDED,
    S.IN_COURT,
)
UNDER_WAY = (*HANDLED, *BEYOND_HANDLING, S.RESULT_REVIEW)
REGRADED = (S.DISPATCHED, S.RETURNED, S.HANDLING, S.MEDIATING)
BEFORE_HANDLING = (S.TO_DISPATCH, S.DISPATCHED, S.RETURNED)
ACTIVE = (*BEFORE_HANDLING, *UNDER_WAY, S.SUSPENDED)
MERGEABLE = (*BEFORE_HANDLING, *HANDLED, S.SUSPENDED)
OPEN = (*ACTIVE, S.FEEDBACK)


def _leading(
    action: Action, states: tuple[CaseStatus, ...], to: CaseStatus, row: str
) -> dict[tuple[CaseStatus, Action], Transition]:
    return {(state, action): Transition(to, row) for state in states}


def _staying(
    action: Action, states: tuple[CaseStatus, ...], row: str
) -> dict[tuple[CaseStatus, Action], Transition]:
    return {(state, action): Transition(state, row) for state in states}


TRANSITIONS: Mapping[tuple[CaseStatus, Action], Transition] = {
    (S.TO_DISPATCH, A.GRADE): Transition(S.TO_DISPATCH, "T09"),
    (S.TO_DISPATCH, A.DISPATCH): Transition(S.DISPATCHED, "T10"),
    (S.DISPATCHED, A.SIGN): Transition(S.HANDLING, "T11"),
    (S.DISPATCHED, A.RETURN): Transition(S.RETURNED, "T12"),
    (S.RETURNED, A.DECIDE_RETURN): Transition(S.DISPATCHED, "T13"),
    **_staying(A.PROGRESS, HANDLED, "T14"),
    (S.HANDLING, A.REQUEST_MEDIATION): Transition(S.MEDIATING, "T15"),
    **_staying(A.REQUEST_MEDIATION, (S.MEDIATING,), "T15"),
    **_staying(A.CONSENT, (S.MEDIATING,), "T15"),
    **_staying(A.SCHEDULE, (S.MEDIATING,), "T15"),
    **_staying(A.HOLD_SESSION, (S.MEDIATING,), "T16"),
    **_staying(A.EXTEND_MEDIATION, (S.MEDIATING,), "CK-08"),
    (S.MEDIATING, A.REFUSE_MEDIATION): Transition(S.HANDLING, "T17"),
    (S.MEDIATING, A.AGREE): Transition(S.AGREEMENT_PERFORMING, "T18"),
    (S.MEDIATING, A.AGREE_AND_PERFORM): Transition(S.RESULT_REVIEW, "T19"),
    (S.MEDIATING, A.FAIL_MEDIATION): Transition(S.LITIGATION_GUIDED, "T20"),
    (S.HANDLING, A.OPEN_JOINT): Transition(S.JOINT, "T21"),
    **_staying(A.CONVENE, (S.JOINT,), "CK-07"),
    **_staying(A.PLAN, (S.JOINT,), "CK-07"),
    **_staying(A.FILE_MEMBER_RESULT, (S.JOINT,), "T22"),
    **_staying(A.RELEASE_MEMBER, (S.JOINT,), "X19"),
    (S.JOINT, A.COMPLETE_JOINT): Transition(S.RESULT_REVIEW, "T23"),
    (S.HANDLING, A.SUBMIT_RESULT): Transition(S.RESULT_REVIEW, "T24"),
    (S.RESULT_REVIEW, A.APPROVE_RESULT): Transition(S.FEEDBACK, "T25"),
    (S.RESULT_REVIEW, A.REJECT_RESULT): Transition(S.HANDLING, "T26"),
    **_staying(A.GIVE_INTERIM_FEEDBACK, UNDER_WAY, "CK-05"),
    **_staying(A.ASK_TO_SUSPEND, HANDLED, "T27"),
    **_staying(A.DENY_SUSPENSION, HANDLED, "T27"),
    **_leading(A.SUSPEND, HANDLED, S.SUSPENDED, "T27"),
    (S.SUSPENDED, A.RESUME_HANDLING): Transition(S.HANDLING, "T28"),
    (S.SUSPENDED, A.RESUME_MEDIATION): Transition(S.MEDIATING, "T28"),
    (S.SUSPENDED, A.RESUME_JOINT): Transition(S.JOINT, "T28"),
    **_staying(A.ASK_FOR_EXTENSION, HANDLED, "T29"),
    **_staying(A.ENDORSE_EXTENSION, HANDLED, "T29"),
    **_staying(A.DENY_EXTENSION, HANDLED, "T29"),
    **_staying(A.EXTEND, HANDLED, "T29"),
    **_staying(A.PROPOSE_GRADE, (*REGRADED, S.JOINT), "T30"),
    **_staying(A.REGRADE, REGRADED, "T30"),
    **_staying(A.SUPERVISE, OPEN, "T44"),
    **_staying(A.ESCALATE, OPEN, "lifecycle-3.6"),
    **_staying(A.URGE, ACTIVE, "T45"),
    **_leading(A.MERGE, MERGEABLE, S.CANCELLED, "T07"),
    **_staying(A.JOIN, ACTIVE, "T07"),
    **_staying(A.UNMERGE, ACTIVE, "X10"),
    **_staying(A.ALERT_GROUP, ACTIVE, "X11"),
    **_staying(A.NAME_REPRESENTATIVES, ACTIVE, "X11"),
    **_staying(A.RELEASE_COMPLAINT, ACTIVE, "T08"),
    **_leading(A.CANCEL, ACTIVE, S.CANCELLED, "T08"),
    **_staying(A.FLAG_POLICE, ACTIVE, "X12"),
    **_staying(A.DECIDE_TRANSFER, ACTIVE, "T43"),
    **_staying(A.TRANSFER_PART, ACTIVE, "X12"),
    **_leading(A.TRANSFER, ACTIVE, S.TRANSFERRED, "T43"),
    **_staying(A.RECORD_JOINT_WORK, ACTIVE, "A11"),
    **_staying(A.RECORD_PERSUASION, HANDLED, "X43"),
    **_staying(A.RECORD_CONTACT, (*HANDLED, S.SUSPENDED), "X22"),
    (S.FEEDBACK, A.CLOSE): Transition(S.CLOSED, "T31"),
    (S.FEEDBACK, A.REOPEN): Transition(S.HANDLING, "T32"),
    (S.CLOSED, A.REOPEN): Transition(S.HANDLING, "T33"),
    **_staying(A.ASK_TO_REOPEN, (S.FEEDBACK,), "T32"),
    **_staying(A.ASK_TO_REOPEN, (S.CLOSED,), "T33"),
    **_staying(A.EXPLAIN_FINALLY, (S.FEEDBACK, S.CLOSED), "X35"),
    **_staying(A.PREPARE_CONFIRMATION, (S.AGREEMENT_PERFORMING,), "X25"),
    (S.AGREEMENT_PERFORMING, A.APPLY_FOR_CONFIRMATION): Transition(S.JUDICIAL_CONFIRMING, "T34"),
    (S.JUDICIAL_CONFIRMING, A.CONFIRM): Transition(S.AGREEMENT_PERFORMING, "T35"),
    (S.JUDICIAL_CONFIRMING, A.DENY_CONFIRMATION): Transition(S.MEDIATING, "T36"),
    (S.AGREEMENT_PERFORMING, A.PERFORM_AGREEMENT): Transition(S.RESULT_REVIEW, "T37"),
    (S.AGREEMENT_PERFORMING, A.BREAK_AGREEMENT): Transition(S.LITIGATION_GUIDED, "T38"),
    **_staying(A.CONSENT_TO_COURT, (S.LITIGATION_GUIDED,), "T39"),
    **_staying(A.HAND_OVER, (S.LITIGATION_GUIDED,), "T39"),
    (S.LITIGATION_GUIDED, A.FILE_IN_COURT): Transition(S.IN_COURT, "T39"),
    (S.LITIGATION_GUIDED, A.NOT_FILED): Transition(S.RESULT_REVIEW, "T40"),
    (S.IN_COURT, A.DELEGATE_BACK): Transition(S.MEDIATING, "T41"),
    **_staying(A.RECEIVE_FROM_COURT, (S.MEDIATING,), "CK-10"),
    (S.MEDIATING, A.RETURN_TO_COURT): Transition(S.IN_COURT, "T41"),
    (S.IN_COURT, A.CONCLUDE_IN_COURT): Transition(S.RESULT_REVIEW, "T42"),
    **_staying(A.WARN, OPEN, "lifecycle-3.3"),
    **_staying(A.BREACH, OPEN, "lifecycle-3.3"),
}

TERMINAL = frozenset({S.CLOSED, S.TRANSFERRED, S.CANCELLED})


def advance(state: CaseStatus, action: Action) -> CaseStatus:
    """The state after `action`. Raises ActionNotPossible."""
    return transition(state, action).to


def is_possible(state: CaseStatus, action: Action) -> bool:
    return (state, action) in TRANSITIONS


def transition(state: CaseStatus, action: Action) -> Transition:
    """The row of the table. Raises ActionNotPossible."""
    try:
        return TRANSITIONS[CaseStatus(state), action]
    except KeyError:
        raise ActionNotPossible(state=state, action=action.name) from None
