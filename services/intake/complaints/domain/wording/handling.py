"""From acceptance to closing: the lines every case has (T06, T10, T11, T14, T24-T26, T30-T33)."""

from __future__ import annotations

from services.intake.complaints.domain.promises import PROMISES, due
from services.intake.complaints.domain.wording.line import (
    HUB,
    Line,
    before,
    handler,
    result_due,
    writes,
)
from services.intake.complaints.domain.words import GRADES, in_words
from shared.contracts import routing
from shared.rulebook import ClockKind

TO_CONFIRM = "确认问题是否解决。"


@writes(routing.CaseCreated)
def created(event: routing.CaseCreated, _: str | None) -> Line:
    until = due(event.case, ClockKind.DISPATCH)
    text = (
        f"您的诉求已受理，案件编号{event.case.number}，"
        f"类别为“{event.case.category_name}”{before(until, '派单')}。"
    )
    return Line("已受理", text, HUB, until)


@writes(routing.CaseGraded)
def graded(event: routing.CaseGraded, _: str | None) -> Line | None:
    grade = event.case.grade
    return Line("已定级", f"经研判，本案按“{GRADES[grade]}”办理。", HUB) if grade else None


@writes(routing.CaseDispatched)
def dispatched(event: routing.CaseDispatched, _: str | None) -> Line:
    who, until = handler(event.case), result_due(event.case)
    return Line("已派单", f"已派给{who}办理{before(until, '反馈结果')}。", who, until)


@writes(routing.CaseSigned)
def signed(event: routing.CaseSigned, _: str | None) -> Line:
    who, until = handler(event.case), result_due(event.case)
    if event.automatic:
        return Line("已签收", f"{who}未及时签收，系统已代为签收，时限照常计算。", who, until)
    return Line("已签收", f"{who}已签收，开始办理。", who, until)


@writes(routing.CaseProgressed)
def progressed(event: routing.CaseProgressed, note: str | None) -> Line | None:
    """A note that is not public is none of the reporter's business."""
    return Line("办理进展", note, handler(event.case), result_due(event.case)) if note else None


@writes(routing.CaseRegraded)
def regraded(event: routing.CaseRegraded, _: str | None) -> Line:
    who, until = handler(event.case), result_due(event.case)
    new = GRADES[event.case.grade] if event.case.grade else "待定"
    text = f"办理等级由“{GRADES[event.old_grade]}”调整为“{new}”，由{who}办理"
    return Line("等级调整", f"{text}{before(until, '反馈结果')}。", who, until)


@writes(routing.ClockBreached)
def breached(event: routing.ClockBreached, _: str | None) -> Line | None:
    promise = PROMISES.get(event.clock)
    if promise is None:
        return None
    text = f"“{promise}”未能在{in_words(event.breached_at)}前完成，已记为超期并提醒上级督促。"
    return Line("已超期", text, handler(event.case))


@writes(routing.CaseResultSubmitted)
def result_submitted(event: routing.CaseResultSubmitted, _: str | None) -> Line:
    who = handler(event.case)
    return Line("结果待审核", f"{who}已提交办理结果，正在审核。", who, result_due(event.case))


@writes(routing.CaseResultRejected)
def result_rejected(event: routing.CaseResultRejected, _: str | None) -> Line:
    who = handler(event.case)
    text = f"审核认为问题还需继续办理，已退回{who}。"
    return Line("继续办理", text, who, result_due(event.case))


@writes(routing.CaseInterimFeedback)
def interim_feedback(event: routing.CaseInterimFeedback, reply: str | None) -> Line:
    return Line("阶段反馈", reply or "已作阶段反馈。", handler(event.case), result_due(event.case))


@writes(routing.CaseFeedbackGiven)
def feedback_given(event: routing.CaseFeedbackGiven, reply: str | None) -> Line:
    """Of an anonymous reporter nothing is asked (X15)."""
    if event.case.anonymous:
        return Line("已反馈", reply or "办理结果已反馈。", handler(event.case))
    until = due(event.case, ClockKind.OWNER_CONFIRMATION)
    ask = f"请于{in_words(until)}前{TO_CONFIRM}" if until else f"请{TO_CONFIRM}"
    return Line("已反馈", f"{reply or '办理结果已反馈。'}\n{ask}", handler(event.case), until)


@writes(routing.CaseClosed)
def closed(event: routing.CaseClosed, _: str | None) -> Line:
    until = None if event.case.anonymous else due(event.case, ClockKind.REOPEN_WINDOW)
    again = f"问题再次出现或有新情况的，可在{in_words(until)}前申请重新办理。" if until else ""
    return Line("已办结", f"本案已办结。{again}", HUB, until)


@writes(routing.CaseReopened)
def reopened(event: routing.CaseReopened, _: str | None) -> Line:
    who, until = handler(event.case), result_due(event.case)
    return Line("重新办理", f"本案已重新办理，由{who}承办{before(until, '反馈结果')}。", who, until)
