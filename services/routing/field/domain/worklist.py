"""What a worker reads in today's list: how urgent a case is, and what it waits for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum

from services.routing.cases.domain.lifecycle import ACTIVE
from shared.clocks import ClockRow
from shared.contracts.vocabulary import CaseStatus
from shared.rulebook import ClockKind

S = CaseStatus

LISTED = ACTIVE
OWNERS_OWN = frozenset(
    {ClockKind.OWNER_CONFIRMATION, ClockKind.RETURN_VISIT, ClockKind.REOPEN_WINDOW}
)
WORKED = tuple(kind for kind in ClockKind if kind not in OWNERS_OWN)


class Light(StrEnum):
    """绿、黄、红，和停表。"""

    GREEN = "GREEN"
    WARNED = "WARNED"
    OVERDUE = "OVERDUE"
    PAUSED = "PAUSED"


class Step(StrEnum):
    DISPATCH = "DISPATCH"
    SIGN = "SIGN"
    HELP = "HELP"
    HANDLE = "HANDLE"
    ASK_CONSENT = "ASK_CONSENT"
    HOLD_SESSION = "HOLD_SESSION"
    CONCLUDE_MEDIATION = "CONCLUDE_MEDIATION"
    CHECK_PERFORMANCE = "CHECK_PERFORMANCE"
    REVIEW = "REVIEW"
    WAIT = "WAIT"


STEP_NAMES: Mapping[Step, str] = {
    Step.DISPATCH: "待派单",
    Step.SIGN: "请签收",
    Step.HELP: "请配合承办单位，记录进展",
    Step.HANDLE: "请上门处理并提交结果",
    Step.ASK_CONSENT: "请征求双方调解意愿",
    Step.HOLD_SESSION: "请召开调解会并登记",
    Step.CONCLUDE_MEDIATION: "请登记协议，或登记调解不成",
    Step.CHECK_PERFORMANCE: "请跟踪协议履行",
    Step.REVIEW: "待审核结果",
    Step.WAIT: "暂无需操作",
}
BY_STATE: Mapping[CaseStatus, Step] = {
    S.TO_DISPATCH: Step.DISPATCH,
    S.DISPATCHED: Step.SIGN,
    S.HANDLING: Step.HANDLE,
    S.AGREEMENT_PERFORMING: Step.CHECK_PERFORMANCE,
    S.RESULT_REVIEW: Step.REVIEW,
}
BY_STAGE: Mapping[str, Step] = {
    "CONSENT_PENDING": Step.ASK_CONSENT,
    "SCHEDULED": Step.HOLD_SESSION,
    "HELD": Step.CONCLUDE_MEDIATION,
}


def light_of(clock: ClockRow, now: datetime) -> Light:
    """Judged by the moment, not by what the sweeper has got round to."""
    if clock.breached_at is not None or (clock.paused_at is None and now > clock.due_at):
        return Light.OVERDUE
    if clock.paused_at is not None:
        return Light.PAUSED
    warned = any(moment <= now for _, moment in clock.warning_times)
    return Light.WARNED if warned else Light.GREEN


def most_urgent(lights: Collection[Light]) -> Light | None:
    order = (Light.OVERDUE, Light.WARNED, Light.GREEN, Light.PAUSED)
    return next((light for light in order if light in lights), None)


LEADS_ON = frozenset({S.DISPATCHED, S.HANDLING, S.MEDIATING, S.AGREEMENT_PERFORMING})


def next_step(state: CaseStatus, stage: str | None, *, leads: bool) -> Step:
    """`stage` is that of the mediation under way; who only helps neither signs nor concludes."""
    if state in LEADS_ON and not leads:
        return Step.HELP
    if state is S.MEDIATING:
        return BY_STAGE.get(stage or "", Step.HOLD_SESSION)
    return BY_STATE.get(state, Step.WAIT)
