"""What each event means to an organisation that is told of it, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shared.contracts.routing import (
    CaseClosed,
    CaseDispatched,
    CaseEvent,
    CaseFeedbackGiven,
    CaseRegraded,
    CaseReopened,
    CaseResultRejected,
    CaseResultSubmitted,
    CaseSigned,
    ClockBreached,
    ClockWarned,
    ConfirmationApplied,
    JointCompleted,
    JointConvened,
    JointMemberResult,
    JointOpened,
    JointPlanned,
    JudicialHandedOver,
)


@dataclass(frozen=True)
class Meaning:
    """`name` is what it is called, `chinese` what happened, `english` the same."""

    name: str
    chinese: str
    english: str


MEANINGS: Mapping[type[CaseEvent], Meaning] = {
    CaseDispatched: Meaning(
        "案件分派",
        "案件已分派给处置单位，本单位主办或协办。",
        "The case was dispatched; your organisation leads or takes part.",
    ),
    CaseSigned: Meaning(
        "案件签收",
        "主办单位已签收案件，或超时后由系统代签。",
        "Whoever handles the case has signed for it, or the system did after the time for that.",
    ),
    CaseRegraded: Meaning(
        "案件改级",
        "案件等级已更改，办理期限随之变化。",
        "The grade of the case changed, and its deadlines with it.",
    ),
    CaseResultSubmitted: Meaning(
        "结果已提交",
        "处置结果已提交，等待审核。",
        "A result was submitted and awaits review.",
    ),
    CaseResultRejected: Meaning(
        "结果被退回",
        "审核未通过，处置结果被退回，须重新办理。",
        "The reviewer sent the result back; work goes on.",
    ),
    CaseFeedbackGiven: Meaning(
        "已反馈",
        "处理结果已反馈给诉求人。",
        "The reporter was told the result.",
    ),
    CaseClosed: Meaning("案件办结", "案件已办结。", "The case is closed."),
    CaseReopened: Meaning(
        "案件重启", "已反馈或已办结的案件重新启动办理。", "A case was opened again."
    ),
    JointOpened: Meaning(
        "联合处置启动",
        "案件进入多部门联合处置，本单位主办或协办。",
        "Departments handle the case together; yours leads or takes part.",
    ),
    JointConvened: Meaning(
        "联席会商", "联合处置的各部门已会商。", "The departments of a joint case met."
    ),
    JointPlanned: Meaning(
        "联合处置方案", "联合处置方案已确定。", "The plan of the joint handling is filed."
    ),
    JointMemberResult: Meaning(
        "成员单位结果",
        "联合处置的一个成员单位提交了结果，或被主办单位免除。",
        "One department filed its result, or the lead released it.",
    ),
    JointCompleted: Meaning(
        "联合处置完成",
        "各成员单位结果齐备并已汇总。",
        "All results of the joint handling are in and consolidated.",
    ),
    ClockWarned: Meaning(
        "期限临近",
        "案件的一个办理期限将到，期限见 due。",
        "A deadline of the case draws near; `due` has it.",
    ),
    ClockBreached: Meaning(
        "期限超时", "案件的一个办理期限已超时。", "A deadline of the case has passed."
    ),
    JudicialHandedOver: Meaning(
        "司法移送",
        "经当事人同意，一份材料包已移送本院。",
        "A package was handed to your court, with the party's consent.",
    ),
    ConfirmationApplied: Meaning(
        "司法确认申请",
        "双方当事人共同向本院申请司法确认调解协议。",
        "Both parties applied to your court for confirmation of their agreement.",
    ),
}
