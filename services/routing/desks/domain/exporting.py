"""Which columns an export has for whom: never a name, a telephone number or a room (X16)."""

from __future__ import annotations

import re
from enum import StrEnum

from shared.privacy import mask_text

MOST_ROWS = 100_000
HIDDEN = "（已保密）"
ROOM = re.compile(
    r"[0-9A-Za-z一二三四五六七八九十百]+\s*(?:号楼|栋|幢|座|单元|室|户|房)|(?<![0-9])[0-9]+-[0-9]+-[0-9]+(?![0-9])"
)


class Format(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"


HEADINGS = {
    "number": "案件编号",
    "state_name": "状态",
    "grade_name": "等级",
    "category_name": "类别",
    "division": "街道（乡镇）代码",
    "estate_name": "小区",
    "channel_name": "渠道",
    "accepted_at": "受理时间",
    "first_dispatch_at": "派单时间",
    "next_due_at": "当前时限",
    "clock_state_name": "时限状态",
    "overdue": "曾超期",
    "grid_code": "网格代码",
    "handler_name": "主办单位",
    "emergency": "紧急",
    "supervised": "督办",
    "group_incident": "群体性",
    "confidential": "要求保密",
    "urged_count": "催办次数",
    "title": "诉求标题（已脱敏）",
}
NOT_FOR_THE_COMPANY = frozenset(
    {"grid_code", "confidential", "supervised", "group_incident", "urged_count", "title"}
)


def columns_for(*, company: bool) -> tuple[str, ...]:
    """The company is told what it must do and by when, not who watches it nor what was written."""
    return tuple(name for name in HEADINGS if not (company and name in NOT_FOR_THE_COMPANY))


def masked_title(title: str, *, hidden: bool) -> str:
    """Of who asked for confidence, or is not to be known, not even the words are shown."""
    return HIDDEN if hidden else ROOM.sub("**", mask_text(title))
