"""The styles that a document uses, and no others: text, title, headings, tables."""

from __future__ import annotations

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from services.survey.rendering.paper.fonts import FANG, HEI, KAI, TITLE, in_font
from services.survey.rendering.paper.page import BODY, LINE, characters

TITLE_SIZE, SMALL = Pt(22), Pt(14)  # 二号, 四号
TITLE_LINE = Pt(36)
CELL, SMALL_CELL = Pt(12), Pt(10.5)  # 小四, 五号
TIGHTER = "-5"  # twentieths of a point: so 28 characters fill 156 mm
BLACK = RGBColor(0, 0, 0)
KEPT = {"Normal", "Title", "Heading 1", "Heading 2", "Caption", "Footer", "Header", "Table Grid",
        "Normal Table", "Default Paragraph Font", "No List"}  # fmt: skip
HEAD_CELL, TEXT_CELL = "Table Head", "Table Text"
SMALLER = " Small"
CHINESE = "zh-CN"


def prepare_styles(document: Document) -> None:
    for each in list(document.styles):
        if each.name not in KEPT:
            each.delete()
    for link in document.styles.element.findall(f".//{qn('w:link')}"):
        link.getparent().remove(link)
    for language in document.styles.element.findall(f".//{qn('w:lang')}"):
        language.set(qn("w:eastAsia"), CHINESE)
    _text(document)
    _headings(document)
    _cells(document)


def identifier(name: str) -> str:
    """What the markup calls the style."""
    return name.replace(" ", "")


def style_of(document: Document, name: str) -> ParagraphStyle:
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)
    return style


def _text(document: Document) -> None:
    text = style_of(document, "Normal")
    _set(text, FANG, BODY, LINE)
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), TIGHTER)
    text.element.get_or_add_rPr().insert_element_before(
        spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:lang"
    )


def _headings(document: Document) -> None:
    title = style_of(document, "Title")
    _set(title, TITLE, TITLE_SIZE, TITLE_LINE)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    properties = title.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)
    for name, font in (("Heading 1", HEI), ("Heading 2", KAI)):
        heading = style_of(document, name)
        _set(heading, font, BODY, LINE)
        heading.paragraph_format.first_line_indent = characters(2)
        heading.paragraph_format.keep_with_next = True
    caption = style_of(document, "Caption")
    _set(caption, HEI, SMALL, LINE)
    caption.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    caption.paragraph_format.keep_with_next = True


def _cells(document: Document) -> None:
    for name, font in ((HEAD_CELL, HEI), (TEXT_CELL, FANG)):
        for suffix, size in (("", CELL), (SMALLER, SMALL_CELL)):
            style = document.styles.add_style(name + suffix, WD_STYLE_TYPE.PARAGRAPH)
            assert isinstance(style, ParagraphStyle)
            style.base_style = style_of(document, "Normal")
            _set(style, font, size, Length(size * 4 // 3))
            style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(2)
            style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _set(style: ParagraphStyle, chinese: str, size: Length, line: Length) -> None:
    in_font(style.font, chinese)
    style.font.size = size
    style.font.bold = style.font.italic = False
    style.font.color.rgb = BLACK
    layout = style.paragraph_format
    layout.space_before = layout.space_after = Length(0)
    layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    layout.line_spacing = line
