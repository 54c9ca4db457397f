"""The columns of the sheet, and a line of it as values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from services.intake.channels.domain.letters import LetterNumberMalformed, YesOrNo
from shared.errors import Invalid
from shared.identifiers import mobile_number
from shared.sheets import Column, Sheet, SheetRow

COLUMNS = (
    Column("number", "登记号", filled=True, explained="本单位来信登记号，同一登记号只导入一次"),
    Column("estate", "小区名称", filled=True, explained="按名称识别，须在本单位辖区内"),
    Column("building", "楼栋号", explained="可不填，如 3 或 3栋"),
    Column("place", "具体位置", explained="可不填，不超过 200 字"),
    Column("category", "类别代码", needed=False, explained="可不填，如 HY01"),
    Column("title", "标题", explained="可不填，不超过 100 字"),
    Column("text", "内容", filled=True, explained="来信原文，不超过 5000 字"),
    Column("name", "来信人", explained="可不填"),
    Column("mobile", "手机号", explained="可不填；用于告知办理进展"),
    Column("confidential", "要求保密", explained="是 或 否；不填为否"),
)
NUMBER = re.compile(r"[0-9A-Za-z\u4e00-\u9fff()（）〔〕\[\]\-]{1,40}")
LONGEST = {"place": 200, "title": 100, "name": 50, "category": 16}
ANSWERS = {"是": True, "否": False, "": False}

T = TypeVar("T")
Values = Mapping[str, Any]


class CellTooLong(Invalid):
    """This cell takes fewer characters; `at_most` says how many."""

    code = "CELL_TOO_LONG"
    chinese = "此项文字过长。"


def letter_rows(sheet: Sheet) -> list[tuple[SheetRow, Values]]:
    """The lines that can be understood; what is wrong with the others goes into the report."""
    read = ((line, _values(sheet, line)) for line in sheet.rows)
    return [(line, values) for line, values in read if values is not None]


def _values(sheet: Sheet, line: SheetRow) -> Values | None:
    faulty = False

    def taken(key: str, read: Callable[[str], T]) -> T | None:
        nonlocal faulty
        try:
            return read(line[key])
        except Invalid as error:
            sheet.fault(line, key, error)
            faulty = True
            return None

    values = {
        column.key: taken(column.key, READERS.get(column.key, _short(column.key)))
        for column in COLUMNS
    }
    return None if faulty else values


def _short(key: str) -> Callable[[str], str | None]:
    def read(text: str) -> str | None:
        at_most = LONGEST.get(key)
        if at_most is not None and len(text) > at_most:
            raise CellTooLong(at_most=at_most)
        return text or None

    return read


def _number(text: str) -> str:
    if not NUMBER.fullmatch(text):
        raise LetterNumberMalformed
    return text


def _mobile(text: str) -> str | None:
    return mobile_number(text) if text else None


def _yes(text: str) -> bool:
    if text not in ANSWERS:
        raise YesOrNo
    return ANSWERS[text]


READERS: dict[str, Callable[[str], Any]] = {
    "number": _number,
    "mobile": _mobile,
    "confidential": _yes,
}
