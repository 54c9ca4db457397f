"""What can be said of every case: number, matter, place, grade, who handles it, until when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from services.notify.messages.domain.words import GRADES, RESULTS, until
from shared.contracts.routing import CaseState
from shared.rulebook import ClockKind

Facts = Mapping[str, str]

NOT_YET = "待核定"
RESOLVE = (
    ClockKind.SMALL_RESOLVE,
    ClockKind.MEDIUM_RESOLVE,
    ClockKind.MAJOR_RESULT,
    ClockKind.FEEDBACK,
)


def about(case: CaseState) -> dict[str, str]:
    return {
        "number": case.number,
        "category": case.category_name,
        "estate": case.estate_name,
        "grade": GRADES[case.grade] if case.grade else NOT_YET,
        "handler": case.handler.display_name if case.handler else "综治中心",
        "due": _said_due(_due(case, RESOLVE)),
        "feedback_due": _said_due(_due(case, (ClockKind.FEEDBACK,))),
        "mediation_due": _said_due(_due(case, (ClockKind.MEDIATION_START,))),
        "result": RESULTS[case.result_code] if case.result_code else "详见答复",
    }


def _due(case: CaseState, kinds: tuple[ClockKind, ...]) -> datetime | None:
    """The due time of the first of `kinds` that the case has running."""
    running = {clock.kind: clock.due_at for clock in case.clocks if clock.state == "RUNNING"}
    return next((running[kind] for kind in kinds if kind in running), None)


def _said_due(due: datetime | None) -> str:
    return until(due) if due else "规定时限"
