"""Lines about the way to court and judicial confirmation (T20, T34-T36, T38, T39, T42)."""

from __future__ import annotations

from collections.abc import Mapping

from services.intake.complaints.domain.wording.line import HUB, Line, writes
from shared.contracts import routing
from shared.contracts.vocabulary import ConfirmationOutcome

COURT = "人民法院"
OTHER_WAYS = "双方可以变更协议、重新调解或者起诉。"

DECISIONS: Mapping[ConfirmationOutcome, str] = {
    ConfirmationOutcome.CONFIRMED: "法院已确认协议有效，一方不履行的，另一方可以申请强制执行。",
    ConfirmationOutcome.REJECTED: f"法院驳回了司法确认申请，{OTHER_WAYS}",
    ConfirmationOutcome.NOT_ACCEPTED: f"法院未受理司法确认申请，{OTHER_WAYS}",
    ConfirmationOutcome.WITHDRAWN: "司法确认申请已撤回，协议继续履行。",
}


@writes(routing.JudicialGuided)
def guided(event: routing.JudicialGuided, _: str | None) -> Line:
    why = "调解协议未能履行，" if event.broken else ""
    return Line("已告知其他途径", f"{why}已向您说明诉讼、仲裁、行政等其他解决途径。", HUB)


@writes(routing.JudicialHandedOver)
def handed_over(event: routing.JudicialHandedOver, _: str | None) -> Line:
    text = f"经您同意，材料已移送法院，移送编号{event.package.package_number}。"
    return Line("已移送法院", text, HUB)


@writes(routing.JudicialFiled)
def filed(event: routing.JudicialFiled, _: str | None) -> Line:
    return Line("法院已立案", f"法院已立案，案号{event.court_case_number}。", COURT)


@writes(routing.JudicialConcluded)
def concluded(_event: routing.JudicialConcluded, _: str | None) -> Line:
    return Line("诉讼程序结束", "法院程序已经结束，结果正在整理，随后向您反馈。", COURT)


@writes(routing.JudicialDelegatedBack)
def delegated_back(_event: routing.JudicialDelegatedBack, _: str | None) -> Line:
    text = "经双方同意，法院已将本案交由调解组织调解；调解不成的，由法院继续审理。"
    return Line("法院委派调解", text, COURT)


@writes(routing.JudicialReturned)
def returned(_event: routing.JudicialReturned, _: str | None) -> Line:
    return Line("已退回法院", "调解未能达成协议，本案已退回法院继续审理。", COURT)


@writes(routing.ConfirmationApplied)
def applied(event: routing.ConfirmationApplied, _: str | None) -> Line:
    number = event.application.application_number
    return Line("已申请司法确认", f"双方已共同申请司法确认，申请编号{number}。", COURT)


@writes(routing.ConfirmationDecided)
def decided(event: routing.ConfirmationDecided, _: str | None) -> Line:
    number = f"案号{event.court_case_number}。" if event.court_case_number else ""
    return Line("司法确认结果", f"{DECISIONS[event.outcome]}{number}", COURT)
