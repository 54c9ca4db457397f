"""What can be said of a clock: which one, how far it is, how late, and what its breach does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from services.notify.messages.domain.case_facts import NOT_YET, Facts, about
from services.notify.messages.domain.words import percent, span, until
from shared.contracts.event import Event
from shared.contracts.routing import (
    AcceptanceDueSoon,
    AcceptanceOverdue,
    CaseEscalated,
    CaseState,
    ClockBreached,
    ClockWarned,
    ExtensionRequested,
    PendingState,
)
from shared.rulebook import BreachAction, ClockKind, Rulebook

CONSEQUENCES: Mapping[BreachAction, str] = {
    BreachAction.ALERT_CENTRE: "请综治中心立即处理",
    BreachAction.OVERDUE_AND_LEADER: "案件已标记逾期，请立即派单",
    BreachAction.AUTO_SIGN: "系统已自动签收，请立即办理",
    BreachAction.OVERDUE_AND_STREET: "案件已标记逾期，请立即启动调解",
    BreachAction.UPGRADE_TO_MEDIUM: "案件自动升级为中事，由街道办理",
    BreachAction.OVERDUE_AND_SUPERVISION: "案件已标记逾期并督办，请立即反馈",
    BreachAction.SUPERVISION: "案件已标记逾期并督办，请立即办理",
    BreachAction.COUNTY_AND_CITY: "案件已标记逾期，请立即办理",
    BreachAction.FAIL_MEDIATION: "请结束调解并告知当事人其他途径",
    BreachAction.OPTION_EXPIRES: "当事人不能再申请司法确认",
    BreachAction.BACK_TO_COURT: "案件退回法院",
    BreachAction.RETURN_VISIT: "转入回访",
    BreachAction.REFUSE_OR_RESUME: "按现有材料办理或不予受理",
    BreachAction.CLOSE_UNANSWERED: "按未答复办结",
    BreachAction.WINDOW_ENDS: "重新办理期限结束",
    BreachAction.CREDIT_ENTRY: "记入信用档案",
    BreachAction.FULL_JOINT_HANDLING: "转入联合处置",
}


def lateness(event: Event, moment: datetime) -> Facts:
    """How long a breach was past when it was told: a sweeper may have been away (X38)."""
    match event:
        case ClockBreached():
            return {"overdue": span(moment - event.breached_at)}
        case AcceptanceOverdue():
            return {"overdue": span(moment - event.due_at)}
    return {}


def acceptance_due_soon(event: AcceptanceDueSoon, book: Rulebook) -> Facts:
    times = {"share": percent(event.share), "due": until(event.due_at)}
    return _pending(event.pending, book) | times


def acceptance_overdue(event: AcceptanceOverdue, book: Rulebook) -> Facts:
    return _pending(event.pending, book) | {"due": until(event.due_at), "overdue": span()}


def warned(event: ClockWarned, book: Rulebook) -> Facts:
    facts = about(event.case) | _clock(event.clock, book)
    return facts | {"share": percent(event.share), "clock_due": _due(event.case, event.clock)}


def breached(event: ClockBreached, book: Rulebook) -> Facts:
    action = book.clock(ClockKind(event.clock)).on_breach
    facts = about(event.case) | _clock(event.clock, book)
    facts |= {"clock_due": until(event.breached_at), "overdue": span()}
    return facts | {"consequence": CONSEQUENCES[action]}


def escalated(event: CaseEscalated, book: Rulebook) -> Facts:
    facts = about(event.case) | _clock(event.clock, book)
    facts |= {"clock_due": _due(event.case, event.clock)}
    return facts | {"overdue": span(timedelta(hours=event.after_hours))}


def extension_asked(event: ExtensionRequested, book: Rulebook) -> Facts:
    facts = about(event.case) | _clock(event.clock, book)
    return facts | {"clock_due": until(event.due_at)}


def _pending(pending: PendingState, book: Rulebook) -> dict[str, str]:
    facts = {"number": pending.number, "category": NOT_YET}
    return facts | _clock(ClockKind.ACCEPT, book)


def _clock(kind: str, book: Rulebook) -> dict[str, str]:
    rule = book.clock(ClockKind(kind))
    return {"clock": f"{rule.chinese} {rule.code}"}


def _due(case: CaseState, kind: str) -> str:
    """Of the latest clock of that kind; a case tells all of its clocks."""
    dues = [clock.due_at for clock in case.clocks if clock.kind == kind]
    return until(dues[-1]) if dues else "规定时限"
