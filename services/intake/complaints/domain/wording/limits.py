"""Lines about returns, pauses, longer periods and supervision (T12, T27-T29, T44, T45)."""

from __future__ import annotations

from collections.abc import Mapping

from services.intake.complaints.domain.wording.line import (
    HUB,
    Line,
    before,
    handler,
    result_due,
    writes,
)
from services.intake.complaints.domain.words import in_words
from shared.contracts import routing

PAUSES: Mapping[str, str] = {
    "WAIT_OWNER": "等待您补充材料或配合",
    "APPRAISAL": "等待鉴定、检测结论",
    "OWNERS_VOTE": "等待业主共同决定",
    "FORCE_MAJEURE": "不可抗力",
    "COURT": "等待法院程序",
}


@writes(routing.CaseReturned)
def returned(event: routing.CaseReturned, _: str | None) -> Line:
    text = "承办单位认为不属于其职责，综治中心正在裁定由谁办理；对您承诺的时限照常计算。"
    return Line("正在裁定承办单位", text, HUB, result_due(event.case))


@writes(routing.CaseSuspended)
def suspended(event: routing.CaseSuspended, _: str | None) -> Line:
    why = PAUSES.get(event.reason, "客观原因")
    text = f"因{why}，本案暂停办理至{in_words(event.until)}，恢复后时限顺延相应时长。"
    return Line("暂停办理", text, handler(event.case), event.until)


@writes(routing.CaseResumed)
def resumed(event: routing.CaseResumed, _: str | None) -> Line:
    who, until = handler(event.case), result_due(event.case)
    return Line("恢复办理", f"本案已恢复办理{before(until, '反馈结果')}。", who, until)


@writes(routing.ExtensionDecided)
def extension_decided(event: routing.ExtensionDecided, _: str | None) -> Line | None:
    """What was asked for and not granted changes nothing for the reporter."""
    if not event.granted:
        return None
    text = f"因情况复杂，经批准办理期限延长至{in_words(event.due_at)}。"
    return Line("期限延长", text, handler(event.case), event.due_at)


@writes(routing.CaseSupervised)
def supervised(event: routing.CaseSupervised, _: str | None) -> Line:
    who = handler(event.case)
    return Line("已督办", f"本案已由上级督办，督促{who}尽快办理。", HUB, result_due(event.case))


@writes(routing.CaseUrged)
def urged(event: routing.CaseUrged, _: str | None) -> Line:
    who = handler(event.case)
    return Line("已催办", f"催办已转达{who}（本案第{event.times}次催办）。", who)
