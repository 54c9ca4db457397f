"""The states of an appointment, and what of a case's story moves it (T15, T16, T17, CK-07)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from shared.contracts.routing import (
    CaseCancelled,
    CaseClosed,
    CaseEvent,
    CaseMerged,
    CaseTransferred,
    JointConvened,
    MediationFailed,
    MediationHeld,
    MediationRefused,
    MediationScheduled,
)
from shared.errors import Conflict


class Kind(StrEnum):
    MEDIATION = "MEDIATION"
    JOINT = "JOINT"


class AppointmentState(StrEnum):
    PLANNED = "PLANNED"
    HELD = "HELD"
    CANCELLED = "CANCELLED"


class AppointmentAction(StrEnum):
    PLAN = "PLAN"  # again: it is moved
    HOLD = "HOLD"
    CANCEL = "CANCEL"


TRANSITIONS: Mapping[AppointmentState, Mapping[AppointmentAction, AppointmentState]] = {
    AppointmentState.PLANNED: {
        AppointmentAction.PLAN: AppointmentState.PLANNED,
        AppointmentAction.HOLD: AppointmentState.HELD,
        AppointmentAction.CANCEL: AppointmentState.CANCELLED,
    },
    AppointmentState.HELD: {},
    AppointmentState.CANCELLED: {},
}


class AppointmentOver(Conflict):
    """This appointment was held or cancelled; the next one is another."""

    code = "APPOINTMENT_OVER"
    chinese = "该日程已结束或已取消。"


def advance(state: AppointmentState, action: AppointmentAction) -> AppointmentState:
    """Raises AppointmentOver."""
    following = TRANSITIONS[state].get(action)
    if following is None:
        raise AppointmentOver
    return following


@dataclass(frozen=True)
class Step:
    """What an event does to the case's appointment of that kind."""

    kind: Kind
    action: AppointmentAction


_CANCEL = Step(Kind.MEDIATION, AppointmentAction.CANCEL)

STEPS: Mapping[type[CaseEvent], Step] = {
    MediationScheduled: Step(Kind.MEDIATION, AppointmentAction.PLAN),
    MediationHeld: Step(Kind.MEDIATION, AppointmentAction.HOLD),
    MediationRefused: _CANCEL,
    MediationFailed: _CANCEL,
    CaseCancelled: _CANCEL,
    CaseMerged: _CANCEL,
    CaseTransferred: _CANCEL,
    CaseClosed: _CANCEL,
    JointConvened: Step(Kind.JOINT, AppointmentAction.PLAN),
}

INVITED: Mapping[Kind, tuple[str, ...]] = {
    Kind.MEDIATION: ("PARTIES", "HANDLER"),
    Kind.JOINT: ("HANDLER", "CO_UNITS"),
}
