"""A4 after GB/T 9704: the margins, 22 lines of 28 characters, the page number."""

from __future__ import annotations

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section, _Footer
from docx.shared import Length, Mm, Pt

from services.survey.rendering.paper.fonts import SONG, in_font

WIDTH, HEIGHT = Mm(210), Mm(297)
TOP, LEFT = Mm(37), Mm(28)
TEXT_WIDTH, TEXT_HEIGHT = Mm(156), Mm(225)
NUMBER_BELOW = Mm(24)  # from the lower edge: the number stands 7 mm under the text
LINE = Pt(28.95)  # 22 of them are 225 mm
BODY, NUMBER = Pt(16), Pt(14)  # 三号, 四号


def characters(many: float, size: Length = BODY) -> Length:
    return Length(round(many * size))


def prepare(document: Document) -> None:
    _lay_out(document.sections[0])
    document.settings.odd_and_even_pages_header_footer = True
    _number(document.sections[0].footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _number(document.sections[0].even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)


def _lay_out(section: Section) -> None:
    section.page_width, section.page_height = WIDTH, HEIGHT
    section.top_margin, section.left_margin = TOP, LEFT
    section.bottom_margin = Length(HEIGHT - TOP - TEXT_HEIGHT)
    section.right_margin = Length(WIDTH - LEFT - TEXT_WIDTH)
    section.footer_distance = NUMBER_BELOW
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is not None:  # the lines are set exactly instead
        section._sectPr.remove(grid)


def _number(footer: _Footer, side: WD_ALIGN_PARAGRAPH) -> None:
    """— 1 —, outside, one character from the edge."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = side
    paragraph.paragraph_format.first_line_indent = Length(0)
    paragraph.paragraph_format.left_indent = characters(1, NUMBER)
    paragraph.paragraph_format.right_indent = characters(1, NUMBER)
    paragraph.add_run("— ")
    for kind in ("begin", None, "end"):
        run = paragraph.add_run()
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = "PAGE"
        run._r.append(part)
    paragraph.add_run(" —")
    for run in paragraph.runs:
        run.font.size = NUMBER
        in_font(run.font, SONG, SONG)
