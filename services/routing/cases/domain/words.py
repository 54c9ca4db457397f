"""What people read for the codes of a case (lifecycle 3.2)."""

from __future__ import annotations

from shared.contracts.vocabulary import CaseStatus

STATES = {
    CaseStatus.TO_DISPATCH: "待派单",
    CaseStatus.DISPATCHED: "已派单待签收",
    CaseStatus.RETURNED: "退单待裁",
    CaseStatus.HANDLING: "处置中",
    CaseStatus.MEDIATING: "调解中",
    CaseStatus.JOINT: "联合处置中",
    CaseStatus.SUSPENDED: "挂起",
    CaseStatus.AGREEMENT_PERFORMING: "协议履行中",
    CaseStatus.JUDICIAL_CONFIRMING: "司法确认中",
    CaseStatus.LITIGATION_GUIDED: "已引导诉讼",
    CaseStatus.IN_COURT: "诉讼/委派调解中",
    CaseStatus.RESULT_REVIEW: "结果待审核",
    CaseStatus.FEEDBACK: "已反馈待确认",
    CaseStatus.CLOSED: "办结",
    CaseStatus.TRANSFERRED: "已移送",
    CaseStatus.CANCELLED: "终止",
}

REPORTER = "业主"
HIDDEN_REPORTER = "业主（已保密）"
ANONYMOUS_REPORTER = "匿名"
NO_REPORTER = "巡查发现"


def reporter_label(*, anonymous: bool, hidden: bool, found: bool = False) -> str:
    """`found` on patrol or in an inspection: nobody reported it (X45)."""
    if found:
        return NO_REPORTER
    if anonymous:
        return ANONYMOUS_REPORTER
    return HIDDEN_REPORTER if hidden else REPORTER
