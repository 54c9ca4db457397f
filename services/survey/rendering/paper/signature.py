"""The end of a document: who signs and when (落款), and the imprint (版记)."""

from __future__ import annotations

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Length
from docx.text.paragraph import Paragraph

from services.survey.bulletins.domain.content import BulletinContent
from services.survey.rendering.charts.drawing import SIZE, width_of
from services.survey.rendering.domain.showing import day, words
from services.survey.rendering.paper.head import rule
from services.survey.rendering.paper.page import LINE, TEXT_WIDTH, characters
from services.survey.rendering.paper.styles import SMALL

FROM_RIGHT = 4  # characters: room for the seal
LEAST = 1
BLACK_HEX = "000000"
THICK, THIN = "8", "4"


def add_signature(document: Document, content: BulletinContent) -> None:
    """The publisher is centred above the date, which stands four characters from the right."""
    publisher = words(content.publisher)
    dated = day(content.published_at) if content.published_at else "　　年　月　日"
    beside = FROM_RIGHT + (_wide(dated) - _wide(publisher)) / 2
    first = _signed(document, publisher, max(beside, LEAST))
    first.paragraph_format.space_before = Length(2 * LINE)
    first.paragraph_format.keep_with_next = True
    _signed(document, dated, FROM_RIGHT)


def add_imprint(document: Document, content: BulletinContent) -> None:
    """Only what was issued says who issued it."""
    if content.published_at is None:
        return
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = LINE
    paragraph.paragraph_format.tab_stops.add_tab_stop(
        Length(TEXT_WIDTH - characters(1, SMALL)), WD_TAB_ALIGNMENT.RIGHT
    )
    paragraph.paragraph_format.left_indent = Length(0)
    run = paragraph.add_run(f"　{words(content.publisher)}\t{day(content.published_at)}印发")
    run.font.size = SMALL
    rule(paragraph, "top", THICK, BLACK_HEX)
    rule(paragraph, "bottom", THICK, BLACK_HEX)


def _signed(document: Document, text: str, from_right: float) -> Paragraph:
    paragraph = document.add_paragraph(text)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.paragraph_format.right_indent = characters(from_right)
    return paragraph


def _wide(text: str) -> float:
    return width_of(text) / SIZE
