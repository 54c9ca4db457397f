"""Which clocks an action starts, meets and stops (lifecycle 3.3 and the clock column of 3.5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.routing.cases.domain.lifecycle import Action
from shared.rulebook import ClockKind, SuspensionReason

K = ClockKind
A = Action

RESOLVE = (K.SMALL_RESOLVE, K.MEDIUM_RESOLVE, K.MAJOR_RESULT)
JOINT_PARTS = (K.MAJOR_CONVENE, K.MAJOR_PLAN)
MAJOR = (*JOINT_PARTS, K.MAJOR_RESULT)
FOR_THE_COURT = (
    K.DELEGATED_MEDIATION,
    K.ENTRUSTED_MEDIATION,
    K.ENTRUSTED_MEDIATION_SIMPLIFIED,
)
MEDIATED = (K.FORMAL_MEDIATION, *FOR_THE_COURT)
INTERNAL = (
    K.MEDIATION_START,
    K.FEEDBACK,
    *RESOLVE,
    *JOINT_PARTS,
    K.MAJOR_INTERIM,
    K.FAST_FIX,
    K.TRANSFER,
)
ANSWER = (K.OWNER_CONFIRMATION, K.RETURN_VISIT)
ALL_OF_A_CASE = tuple(K)


@dataclass(frozen=True, slots=True)
class Effect:
    """`starts` begin at the moment of the action; kinds that do not run are left alone."""

    starts: tuple[ClockKind, ...] = ()
    meets: tuple[ClockKind, ...] = ()
    stops: tuple[ClockKind, ...] = ()


NONE = Effect()
# what else runs waits for the review: it may say no (T26)
RESULT = Effect(meets=(*RESOLVE, K.FAST_FIX))

EFFECTS: Mapping[Action, Effect] = {
    A.DISPATCH: Effect(starts=(K.SIGN,), meets=(K.DISPATCH,)),
    A.SIGN: Effect(meets=(K.SIGN,)),
    A.RETURN: Effect(meets=(K.SIGN,)),
    A.DECIDE_RETURN: Effect(starts=(K.SIGN,)),
    A.OPEN_JOINT: Effect(meets=(K.TRANSFER,), stops=(K.FAST_FIX,)),
    A.DECIDE_TRANSFER: Effect(starts=(K.TRANSFER,)),
    A.TRANSFER_PART: Effect(meets=(K.TRANSFER,)),
    A.TRANSFER: Effect(meets=(K.TRANSFER,), stops=ALL_OF_A_CASE),
    A.CANCEL: Effect(stops=ALL_OF_A_CASE),
    A.MERGE: Effect(stops=ALL_OF_A_CASE),
    A.HOLD_SESSION: Effect(meets=(K.MEDIATION_START,)),
    A.REFUSE_MEDIATION: Effect(meets=(K.MEDIATION_START, K.FORMAL_MEDIATION)),
    A.AGREE: Effect(meets=(*RESOLVE, *MEDIATED), stops=(K.MEDIATION_START,)),
    A.AGREE_AND_PERFORM: Effect(meets=(*RESOLVE, *MEDIATED), stops=(K.MEDIATION_START,)),
    A.FAIL_MEDIATION: Effect(
        meets=(K.MEDIUM_RESOLVE,), stops=(K.SMALL_RESOLVE, *MAJOR, K.FORMAL_MEDIATION)
    ),
    A.CONVENE: Effect(meets=(K.MAJOR_CONVENE,)),
    A.PLAN: Effect(meets=(K.MAJOR_PLAN,)),
    A.COMPLETE_JOINT: RESULT,
    A.SUBMIT_RESULT: RESULT,
    A.PERFORM_AGREEMENT: Effect(meets=RESOLVE, stops=(K.CONFIRMATION_APPLICATION,)),
    A.NOT_FILED: RESULT,
    A.RETURN_TO_COURT: Effect(meets=FOR_THE_COURT, stops=(K.FORMAL_MEDIATION,)),
    A.CONCLUDE_IN_COURT: RESULT,
    A.APPROVE_RESULT: Effect(
        starts=(K.OWNER_CONFIRMATION,),
        meets=(K.FEEDBACK, K.MAJOR_INTERIM),
        stops=(K.MEDIATION_START, *JOINT_PARTS),
    ),
    A.GIVE_INTERIM_FEEDBACK: Effect(meets=(K.FEEDBACK, K.MAJOR_INTERIM)),
    A.APPLY_FOR_CONFIRMATION: Effect(meets=(K.CONFIRMATION_APPLICATION,)),
    A.DENY_CONFIRMATION: Effect(starts=(K.FORMAL_MEDIATION,)),
    A.BREAK_AGREEMENT: Effect(stops=(K.CONFIRMATION_APPLICATION,)),
    A.CLOSE: Effect(
        starts=(K.REOPEN_WINDOW,),
        stops=tuple(kind for kind in ALL_OF_A_CASE if kind is not K.REOPEN_WINDOW),
    ),
    A.REOPEN: Effect(meets=ANSWER, stops=(K.REOPEN_WINDOW,)),
    A.ASK_TO_REOPEN: Effect(meets=ANSWER),
}


def paused_by(reason: SuspensionReason) -> tuple[ClockKind, ...]:
    """T27: our own clocks. A period of the law runs on, but for an appraisal, whose time no
    mediation counts (facts 2.2); what the owner or the court has promised is not ours to pause.
    """
    appraisal = reason is SuspensionReason.APPRAISAL
    return (*INTERNAL, *MEDIATED) if appraisal else INTERNAL


def effect_of(action: Action) -> Effect:
    return EFFECTS.get(action, NONE)
