"""One line of the ledger: what B15 names, and what a line is looked for by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from services.intake.complaints.domain.doors import DoorKind
from services.intake.complaints.domain.wording.handling import TO_CONFIRM
from services.intake.complaints.domain.words import CASE_STATES, COMPLAINT_STATES, GRADES, in_words
from shared.contracts.vocabulary import (
    CaseStatus,
    ComplaintStatus,
    Grade,
    ResultCode,
    Solved,
)
from shared.rulebook import Rulebook

DOORS: Mapping[DoorKind, str] = {
    DoorKind.MINI_PROGRAM: "小程序",
    DoorKind.OPEN311: "Open311接口",
    DoorKind.HOTLINE: "12345热线",
    DoorKind.WALK_IN: "来访",
    DoorKind.LETTER: "来信",
    DoorKind.GRID_REPORT: "网格上报",
    DoorKind.COMPANY: "物业转报",
    DoorKind.INSPECTION: "巡查发现",
    DoorKind.COURT_DELEGATED: "法院委派",
}
RESULTS: Mapping[ResultCode, str] = {
    ResultCode.SOLVED: "已解决",
    ResultCode.PARTLY: "部分解决",
    ResultCode.AGREED: "已达成调解协议",
    ResultCode.EXPLAINED: "已解释说明",
    ResultCode.NOT_TRUE: "经查情况不属实",
    ResultCode.TO_LITIGATION: "已引导通过诉讼解决",
    ResultCode.TO_AUTHORITY: "已移送主管部门",
    ResultCode.WITHDRAWN: "已撤回",
    ResultCode.NOT_POSSIBLE: "暂无法办理",
}
SOLVED: Mapping[Solved, str] = {
    Solved.YES: "已解决",
    Solved.PARTLY: "部分解决",
    Solved.NO: "未解决",
}
UNRATED = "未评价"


@dataclass(frozen=True)
class Rating:
    """The reporter's newest answer, here or on the return visit."""

    solved: Solved
    level: int
    at: datetime


@dataclass(frozen=True)
class LedgerLine:
    """`content` and `reply` are masked. `handlers` are all that the case was sent to, in order."""

    number: str
    submitted_at: datetime
    state: ComplaintStatus
    door: DoorKind
    category: str | None
    estate: str
    division: str
    content: str
    case_number: str | None = None
    case_state: CaseStatus | None = None
    grade: Grade | None = None
    handler: str | None = None
    handlers: tuple[str, ...] = ()
    accepted_at: datetime | None = None
    dispatched_at: datetime | None = None
    signed_at: datetime | None = None
    feedback_at: datetime | None = None
    closed_at: datetime | None = None
    result: ResultCode | None = None
    reply: str | None = None
    refusal: str | None = None
    rating: Rating | None = None
    overdue: bool = False
    urges: int = 0

    @property
    def parent(self) -> str | None:
        """The case that a merged complaint went on in (B15)."""
        return self.case_number if self.state is ComplaintStatus.MERGED else None

    @property
    def response(self) -> str:
        """When the reporter was taken seriously, step by step."""
        steps = (
            ("受理", self.accepted_at),
            ("派单", self.dispatched_at),
            ("签收", self.signed_at),
            ("反馈", self.feedback_at),
        )
        return "；".join(f"{name}{in_words(at)}" for name, at in steps if at)

    @property
    def result_in_words(self) -> str:
        if self.refusal:
            return f"{COMPLAINT_STATES[self.state]}：{self.refusal}"
        words = RESULTS[self.result] if self.result else ""
        return "：".join(each for each in (words, self.reply or "") if each)

    @property
    def rating_in_words(self) -> str:
        if self.rating is None:
            return UNRATED
        return f"{SOLVED[self.rating.solved]}，{self.rating.level}分"


Cell = Callable[[LedgerLine], object]

NAMED_BY_THE_LETTER: Mapping[str, Cell] = {
    "TIME": lambda line: line.submitted_at,
    "CONTENT": lambda line: line.content,
    "GRADE": lambda line: GRADES[line.grade] if line.grade else "",
    "HANDLER": lambda line: line.handler,
    "RESPONSE": lambda line: line.response,
    "RESULT": lambda line: line.result_in_words,
    "RATING": lambda line: line.rating_in_words,
}
BESIDE: Mapping[str, Cell] = {
    "案件编号": lambda line: line.case_number,
    "并入案件编号": lambda line: line.parent,
    "诉求状态": lambda line: COMPLAINT_STATES[line.state],
    "案件状态": lambda line: CASE_STATES[line.case_state] if line.case_state else "",
    "渠道": lambda line: DOORS[line.door],
    "类别": lambda line: line.category,
    "小区": lambda line: line.estate,
    "街道（乡镇）代码": lambda line: line.division,
    "承办经过": lambda line: "→".join(line.handlers),
    "受理时间": lambda line: line.accepted_at,
    "派单时间": lambda line: line.dispatched_at,
    "反馈时间": lambda line: line.feedback_at,
    "办结时间": lambda line: line.closed_at,
    "曾超期": lambda line: "是" if line.overdue else "否",
    "催办次数": lambda line: line.urges,
}


def columns(rulebook: Rulebook) -> Mapping[str, Cell]:
    """Number first, then what the rulebook names in its order, then what helps to find a line."""
    named = {
        each.chinese: NAMED_BY_THE_LETTER[each.code] for each in rulebook.intake.ledger_columns
    }
    return {"诉求编号": lambda line: line.number, **named, **BESIDE}


def reply_of(text: str) -> str:
    """The feedback alone, without the request to answer it that the timeline adds."""
    head, _, last = text.rpartition("\n")
    asked = last.startswith("请") and last.endswith(TO_CONFIRM)
    return head if head and asked else text
