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
    PROGRESS = "progressed"
    REQUEST_MEDIATION = "mediation_requested"
    CONSENT = "mediation_consent_recorded"
    SCHEDULE = "mediation_scheduled"
    HOLD_SESSION = "mediation_held"
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
    REGRADE = "regraded"
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
REGRADED = (S.DISPATCHED, S.HANDLING, S.MEDIATING)
OPEN = (S.TO_DISPATCH, S.DISPATCHED, *UNDER_WAY, S.FEEDBACK)


def _staying(
    action: Action, states: tuple[CaseStatus, ...], row: str
) -> dict[tuple[CaseStatus, Action], Transition]:
    return {(state, action): Transition(state, row) for state in states}


TRANSITIONS: Mapping[tuple[CaseStatus, Action], Transition] = {
    (S.TO_DISPATCH, A.GRADE): Transition(S.TO_DISPATCH, "T09"),
    (S.TO_DISPATCH, A.DISPATCH): Transition(S.DISPATCHED, "T10"),
    (S.DISPATCHED, A.SIGN): Transition(S.HANDLING, "T11"),
    **_staying(A.PROGRESS, HANDLED, "T14"),
    (S.HANDLING, A.REQUEST_MEDIATION): Transition(S.MEDIATING, "T15"),
    **_staying(A.REQUEST_MEDIATION, (S.MEDIATING,), "T15"),
    **_staying(A.CONSENT, (S.MEDIATING,), "T15"),
    **_staying(A.SCHEDULE, (S.MEDIATING,), "T15"),
    **_staying(A.HOLD_SESSION, (S.MEDIATING,), "T16"),
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
    **_staying(A.REGRADE, REGRADED, "T30"),
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
