"""The head of a document: who speaks (in red), which issue, the red rule, the title."""

from __future__ import annotations

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Pt, RGBColor
from docx.text.paragraph import Paragraph

from services.survey.bulletins.domain.content import BulletinContent
from services.survey.rendering.domain.showing import day, issue_line, words
from services.survey.rendering.paper.fonts import KAI, TITLE, in_font
from services.survey.rendering.paper.page import LINE, TEXT_WIDTH

RED, RED_HEX = RGBColor(0xFF, 0, 0), "FF0000"
LARGEST = Pt(44)
SPREAD = 1.08  # of the letters' own width: air between them
RULE = "18"  # eighths of a point
DRAFT = "草稿"


def add_head(document: Document, content: BulletinContent) -> None:
    _speaker(document, words(content.publisher))
    line = document.add_paragraph()
    line.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    dated = day(content.published_at) if content.published_at else DRAFT
    line.add_run(f"{issue_line(content)}\t{dated}")
    rule(line, "bottom", RULE, RED_HEX)
    title = document.add_paragraph(words(content.title), style="Title")
    title.paragraph_format.space_before = Length(2 * LINE)
    period = document.add_paragraph()
    period.alignment = WD_ALIGN_PARAGRAPH.CENTER
    period.paragraph_format.space_after = LINE
    in_font(period.add_run(f"（{words(content.period_name)}）").font, KAI)


def rule(paragraph: Paragraph, side: str, width: str, colour: str) -> None:
    """A line across the text, above or below the paragraph."""
    properties = paragraph._p.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.insert_element_before(
            borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", width), ("space", "6"), ("color", colour)):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)


def _speaker(document: Document, publisher: str) -> None:
    """As large as fits into one line."""
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    size = min(LARGEST, Length(round(TEXT_WIDTH / (max(len(publisher), 1) * SPREAD))))
    layout = paragraph.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Length(size * 4 // 3)
    layout.space_after = LINE
    run = paragraph.add_run(publisher)
    run.font.size = size
    run.font.color.rgb = RED
    in_font(run.font, TITLE)
