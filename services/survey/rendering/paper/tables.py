"""Tables of a document: as wide as the text, their heads repeated on every page.

Written as markup, for made cell by cell a ranking of all streets takes seconds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

from docx.document import Document
from docx.oxml import parse_xml
from docx.shared import Length, Mm

from services.survey.bulletins.domain.content import Table
from services.survey.rendering.charts.drawing import SIZE, width_of
from services.survey.rendering.domain.showing import cell, heading
from services.survey.rendering.paper.fonts import NAMESPACE
from services.survey.rendering.paper.page import TEXT_WIDTH
from services.survey.rendering.paper.styles import (
    CELL,
    HEAD_CELL,
    SMALL_CELL,
    SMALLER,
    TEXT_CELL,
    identifier,
)

MANY = 6  # columns from which the letters are smaller
LEAST, STEP = 2.0, 0.25  # characters: of a column, and by which the longest become shorter
PADDING = Mm(1)
TOGETHER, FIRST = 12, 2  # rows that stay on one page: of a short table, of a long one's beginning
LONG = 12  # characters: words rather than a figure, read from the left
UNBROKEN = re.compile(r"[!-~]+|.")  # a number is not broken, Chinese words are
TABLE = (
    '<w:tbl xmlns:w="{namespace}"><w:tblPr><w:tblStyle w:val="TableGrid"/>'
    '<w:tblW w:w="{whole}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
    '<w:tblCellMar><w:left w:w="{padding}" w:type="dxa"/>'
    '<w:right w:w="{padding}" w:type="dxa"/></w:tblCellMar>'
    "</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
)
COLUMN = '<w:gridCol w:w="{}"/>'
ROW = "<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>"
REPEATED = "<w:tblHeader/>"
ONE = (
    '<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
    '<w:p><w:pPr><w:pStyle w:val="{style}"/>{layout}</w:pPr>'
    '<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p></w:tc>'
)
WITH_NEXT, FROM_LEFT = "<w:keepNext/>", '<w:jc w:val="left"/>'


def add_table(document: Document, table: Table) -> None:
    """The table alone; its caption is written by whoever numbers it, and its last row stays with
    what is said below it.
    """
    small = len(table.columns) >= MANY
    suffix, size = (SMALLER, SMALL_CELL) if small else ("", CELL)
    heads = [heading(each) for each in table.columns]
    rows = [[cell(each) for each in row] for row in table.rows]
    widths = [round(each.twips) for each in _widths([heads, *rows], size)]
    written = [_row(heads, widths, identifier(HEAD_CELL + suffix), REPEATED, WITH_NEXT)]
    for place, row in enumerate(rows):
        whole = len(rows) <= TOGETHER or place < FIRST or place == len(rows) - 1
        layout = WITH_NEXT if whole else ""
        written.append(_row(row, widths, identifier(TEXT_CELL + suffix), layout=layout))
    markup = TABLE.format(
        namespace=NAMESPACE,
        whole=sum(widths),
        padding=round(PADDING.twips),
        grid="".join(map(COLUMN.format, widths)),
        rows="".join(written),
    )
    document.element.body.insert_element_before(parse_xml(markup), "w:sectPr")


def _row(
    shown: Sequence[str], widths: Sequence[int], style: str, repeated: str = "", layout: str = ""
) -> str:
    cells = (
        ONE.format(
            width=width,
            style=style,
            layout=layout + (FROM_LEFT if len(text) > LONG and not repeated else ""),
            text=escape(text),
        )
        for text, width in zip(shown, widths, strict=True)
    )
    return ROW.format(repeated=repeated, cells="".join(cells))


def _widths(rows: Sequence[Sequence[str]], size: Length) -> list[Length]:
    """What has room for all its words gets it; heads take two lines before words do."""
    columns = list(zip(*rows, strict=True))
    needed = [max(LEAST, *map(_unbroken, column)) for column in columns]
    below = [max(map(_wide, words), default=0) for _, *words in columns]
    heads = [_wide(head) for head, *_ in columns]
    room = (TEXT_WIDTH - len(columns) * 2 * PADDING) / size
    wanted = list(map(max, needed, heads, below))
    if sum(wanted) > room:
        wanted = list(map(max, needed, (each / 2 for each in heads), below))
    widths, cap = wanted, max(wanted)
    while sum(widths) > room and cap > LEAST:  # the longest gives first
        cap -= STEP
        widths = [max(least, min(want, cap)) for want, least in zip(wanted, needed, strict=True)]
    spare = (room - sum(widths)) / len(widths)
    return [Length(round((each + spare) * size + 2 * PADDING)) for each in widths]


def _wide(text: str) -> float:
    return width_of(text) / SIZE


def _unbroken(text: str) -> float:
    return max(map(_wide, UNBROKEN.findall(text)), default=0)
