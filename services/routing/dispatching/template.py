"""The template that offices fill in: the headings, an example, and what each column means."""

from __future__ import annotations

from typing import IO

from services.routing.dispatching.domain.sheet import COLUMNS, EXAMPLE
from services.routing.dispatching.domain.words import CHANNELS, DESKS
from shared.rulebook import Rulebook
from shared.sheets import XlsxWriter

TITLE = "派单规则"
FILE_NAME = "派单规则导入模板.xlsx"


def template(rulebook: Rulebook) -> IO[bytes]:
    """Takes its time: call it in a thread."""
    writer = XlsxWriter(TITLE, [column.chinese for column in COLUMNS])
    writer.append(EXAMPLE)
    writer.explain("填写说明", [(column.chinese, column.explained) for column in COLUMNS])
    writer.explain("可填内容", _allowed(rulebook))
    return writer.saved()


def _allowed(rulebook: Rulebook) -> list[tuple[str, str, str]]:
    graded = [row for row in rulebook.categories.values() if row.grade is not None]
    return [
        *(("主办、协办", words, desk.value) for desk, words in DESKS.items()),
        *(
            ("主办、协办", each.chinese, each.code)
            for each in rulebook.organisations
            if each.department
        ),
        *(("类别", row.chinese, row.code) for row in graded),
        *(("分级", rule.chinese, grade.value) for grade, rule in rulebook.grades.items()),
        *(("渠道", words, channel.value) for channel, words in CHANNELS.items()),
    ]
