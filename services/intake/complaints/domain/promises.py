"""What was promised to the reporter, by when, and whether it was kept (lifecycle 3.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from services.intake.complaints.domain.words import length_in_words
from shared.contracts.routing import CaseState, ClockState
from shared.rulebook import ClockKind, Rulebook

PROMISES: Mapping[str, str] = {
    ClockKind.DISPATCH: "派单",
    ClockKind.MEDIATION_START: "组织调解",
    ClockKind.SMALL_RESOLVE: "办理",
    ClockKind.MEDIUM_RESOLVE: "办理",
    ClockKind.MAJOR_CONVENE: "召集联合处置",
    ClockKind.MAJOR_RESULT: "联合处置",
    ClockKind.FEEDBACK: "反馈结果",
    ClockKind.OWNER_CONFIRMATION: "请您确认",
    ClockKind.CONFIRMATION_APPLICATION: "可申请司法确认",
    ClockKind.REOPEN_WINDOW: "可申请重新办理",
}


SIGNED_IN = "您可以在“我的诉求”中随时查看进展。"
BY_CODE = "可凭诉求编号和查询码随时查询进展。"


def told_to_owners(clocks: Iterable[ClockState]) -> list[ClockState]:
    """The clocks an owner reads about; how fast offices sign is their own affair."""
    return [clock for clock in clocks if clock.kind in PROMISES]


def due(case: CaseState, *kinds: ClockKind) -> datetime | None:
    """When the first running clock of these kinds ends, in the order of the kinds."""
    running = {clock.kind: clock.due_at for clock in case.clocks if clock.state == "RUNNING"}
    return next((running[kind] for kind in kinds if kind in running), None)


def next_step(rulebook: Rulebook, *, by_code: bool) -> str:
    """What happens after the receipt, with the promised lengths, and where to look (T01, X15)."""
    accept, dispatch, feedback = (
        length_in_words(rulebook.clock(kind).length)
        for kind in (ClockKind.ACCEPT, ClockKind.DISPATCH, ClockKind.FEEDBACK)
    )
    return (
        f"工作人员将在{accept}内审核是否受理；受理后{dispatch}内派单，派单后{feedback}内反馈结果。"
        f"{BY_CODE if by_code else SIGNED_IN}"
    )
