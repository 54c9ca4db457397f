"""States and grades in the words people read (lifecycle 3.2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from shared.clock import BEIJING
from shared.contracts.vocabulary import CaseStatus, ComplaintStatus, Grade
from shared.counting import Counting, Length

COMPLAINT_STATES: Mapping[ComplaintStatus, str] = {
    ComplaintStatus.SUBMITTED: "已提交待受理",
    ComplaintStatus.NEED_INFO: "待补正",
    ComplaintStatus.NOT_ACCEPTED: "不予受理",
    ComplaintStatus.ACCEPTED: "已受理",
    ComplaintStatus.MERGED: "已并案",
    ComplaintStatus.WITHDRAWN: "已撤回",
}

CASE_STATES: Mapping[CaseStatus, str] = {
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

GRADES: Mapping[Grade, str] = {Grade.SMALL: "小事", Grade.MEDIUM: "中事", Grade.MAJOR: "大事"}

UNITS: Mapping[Counting, str] = {
    Counting.HOURS: "小时",
    Counting.CIVIL_DAYS: "日",
    Counting.STATUTORY_DAYS: "日",
    Counting.WORKING_DAYS: "个工作日",
}


def in_words(moment: datetime) -> str:
    """E.g. 3月2日 10:00; the midnight that ends a day belongs to that day: 3月9日 24:00."""
    local = moment.astimezone(BEIJING)
    if (local.hour, local.minute) == (0, 0):
        eve = local - timedelta(days=1)
        return f"{eve.month}月{eve.day}日 24:00"
    return f"{local.month}月{local.day}日 {local:%H:%M}"


def length_in_words(length: Length) -> str:
    return f"{length.amount}{UNITS[length.counting]}"
