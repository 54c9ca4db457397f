"""Which organisations an event concerns: those that handle the case, and the court named in it."""

from __future__ import annotations

from uuid import UUID

from shared.contracts.routing import (
    CaseClosed,
    CaseDispatched,
    CaseEvent,
    CaseFeedbackGiven,
    CaseRegraded,
    CaseReopened,
    CaseResultRejected,
    CaseResultSubmitted,
    CaseSigned,
    ClockBreached,
    ClockWarned,
    ConfirmationApplied,
    JointCompleted,
    JointConvened,
    JointMemberResult,
    JointOpened,
    JointPlanned,
    JudicialHandedOver,
)

DEPARTMENT = "DEPARTMENT"

FOR_DEPARTMENTS: tuple[type[CaseEvent], ...] = (
    CaseDispatched,
    CaseSigned,
    CaseRegraded,
    CaseResultSubmitted,
    CaseResultRejected,
    CaseFeedbackGiven,
    CaseClosed,
    CaseReopened,
    JointOpened,
    JointConvened,
    JointPlanned,
    JointMemberResult,
    JointCompleted,
    ClockWarned,
    ClockBreached,
)
FOR_COURTS: tuple[type[CaseEvent], ...] = (JudicialHandedOver, ConfirmationApplied)

ANNOUNCED: tuple[type[CaseEvent], ...] = FOR_DEPARTMENTS + FOR_COURTS


def concerned(event: CaseEvent) -> frozenset[UUID]:
    """The departments at work on the case, or the court that is asked for something.

    A court learns nothing of a case but what is handed to it (invariant 10).
    """
    if isinstance(event, JudicialHandedOver):
        return frozenset({event.package.court_id})
    if isinstance(event, ConfirmationApplied):
        return frozenset({event.application.court_id})
    units = (event.case.handler, *event.case.units)
    return frozenset(
        unit.organisation_id for unit in units if unit is not None and unit.end == DEPARTMENT
    )
