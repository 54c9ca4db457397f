"""The workbook an agency fills in: the columns, what they mean, and what it may evaluate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import IO

from services.survey.evaluations.domain.sheet import columns
from shared.rulebook.sections.evaluation import Evaluation as Rules
from shared.sheets import XlsxWriter

TITLE = "第三方评价"
LIST = ("小区编号", "街道代码", "小区名称", "物业企业代码", "物业企业名称")

Line = tuple[str, str, str, str, str]


def template(rules: Rules, places: Iterable[Line]) -> IO[bytes]:
    """A heading alone: an example would be imported by somebody."""
    wanted = columns(rules)
    writer = XlsxWriter(TITLE, [column.chinese for column in wanted])
    rows: list[Sequence[object]] = [("列名", "是否必填", "说明")]
    rows += [(each.chinese, "必填" if each.filled else "选填", each.explained) for each in wanted]
    writer.explain("填写说明", rows)
    writer.explain("小区清单", [LIST, *places])
    return writer.saved()
