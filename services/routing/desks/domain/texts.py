"""Standard texts (规范用语): plain words with gaps for facts of a case, none of them personal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from shared.errors import Forbidden, Invalid, NotFound

GAP = re.compile(r"\{([^{}]*)\}")
VARIABLES = frozenset(
    {
        "案件编号",
        "类别",
        "等级",
        "状态",
        "小区",
        "渠道",
        "受理时间",
        "派单时间",
        "办理单位",
        "当前时限",
        "办理结果",
    }
)
MISSING = "（暂无）"


class Purpose(StrEnum):
    """Which body the text is offered for."""

    REPLY = "REPLY"
    INTERIM_FEEDBACK = "INTERIM_FEEDBACK"
    PROGRESS = "PROGRESS"
    REASON = "REASON"


class UnknownVariable(Invalid):
    """The text has variables that there are not; `variables` names them."""

    code = "UNKNOWN_VARIABLE"
    chinese = "文本中含有不存在的变量。"


class UnpairedBrace(Invalid):
    """A brace in the text has no other half."""

    code = "UNPAIRED_BRACE"
    chinese = "文本中的花括号不成对。"


class TextNotFound(NotFound):
    """There is no such standard text, or it is not for your desk."""

    code = "TEXT_NOT_FOUND"
    chinese = "没有这条规范用语，或它不适用于您的岗位。"


class NotYourText(Forbidden):
    """You may use this text, but it is written by others."""

    code = "NOT_YOUR_TEXT"
    chinese = "您可以使用这条规范用语，但无权修改。"


def refuse_unknown(body: str) -> None:
    """Raises UnknownVariable or UnpairedBrace."""
    unknown = sorted(set(GAP.findall(body)) - VARIABLES)
    if unknown:
        raise UnknownVariable(variables=unknown, known=sorted(VARIABLES))
    if re.search(r"[{}]", GAP.sub("", body)):
        raise UnpairedBrace


def filled(body: str, values: Mapping[str, str | None]) -> str:
    """The text with the case's values in its gaps."""
    return GAP.sub(lambda gap: values.get(gap[1]) or MISSING, body)
