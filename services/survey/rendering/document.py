"""An edition as an official document (.docx), laid out after GB/T 9704."""

from __future__ import annotations

import re
from datetime import UTC
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.shared import Length, Pt
from docx.text.paragraph import Paragraph

from services.survey.bulletins.domain.content import BulletinContent, Section, Table
from services.survey.rendering.dictionary import columns_table
from services.survey.rendering.domain import showing
from services.survey.rendering.paper.fonts import HEI, KAI, font_table, in_font
from services.survey.rendering.paper.head import add_head
from services.survey.rendering.paper.page import LINE, characters, prepare
from services.survey.rendering.paper.sealing import sealed
from services.survey.rendering.paper.signature import add_imprint, add_signature
from services.survey.rendering.paper.styles import CHINESE, prepare_styles
from services.survey.rendering.paper.tables import add_table

FONT_TABLE = "word/fontTable.xml"
UNREAD = {"thumbnail", "stylesWithEffects", "customXml", "numbering", "webSettings"}
SUBHEADING = re.compile(r"（[一二三四五六七八九十]+）[^。]*。?")


def document(content: BulletinContent) -> bytes:
    """The same content is the same bytes."""
    paper = docx.Document()
    prepare(paper)
    prepare_styles(paper)
    _lighten(paper)
    _describe(paper, content)
    add_head(paper, content)
    if (correction := showing.correction(content)) is not None:
        in_font(_paragraph(paper, correction).runs[0].font, KAI)
    for text in content.summary:
        _paragraph(paper, text)
    number = 0
    for place, section in enumerate(content.sections, start=1):
        number = _section(paper, section, place, number)
    attached = _attachments(content)
    _keep_last(paper)
    _list(paper, attached)
    add_signature(paper, content)
    for place, table in enumerate(attached, start=1):
        _attach(paper, table, str(place) if len(attached) > 1 else "")
    add_imprint(paper, content)
    file = BytesIO()
    paper.save(file)
    return sealed(file.getvalue(), {FONT_TABLE: font_table()})


def _describe(paper: Document, content: BulletinContent) -> None:
    """Whoever made it and when: as the content says, not the clock or the program."""
    moment = (content.published_at or content.computed_at).astimezone(UTC).replace(tzinfo=None)
    properties = paper.core_properties
    properties.title = showing.words(content.title)
    properties.subject = showing.words(f"{content.period_name} {content.issue}")
    properties.author = properties.last_modified_by = showing.words(content.publisher)
    properties.created = properties.modified = moment
    properties.revision = content.edition
    properties.language = CHINESE
    properties.comments = properties.keywords = ""


def _lighten(paper: Document) -> None:
    """Leave out what the blank document brings along and nobody reads."""
    for part in (paper.part.package, paper.part):
        for name, each in list(part.rels.items()):
            if each.reltype.rsplit("/", 1)[-1] in UNREAD:
                del part.rels[name]


def _section(paper: Document, section: Section, place: int, number: int) -> int:
    """Tables are numbered through; `number` is the last one so far."""
    title = f"{showing.ordinal(place)}、{showing.words(section.heading)}"
    paper.add_paragraph(title, style="Heading 1")
    for text in section.paragraphs:
        _paragraph(paper, text)
    charts = (showing.as_table(each) for each in section.charts)
    tables = [*section.tables, *(each for each in charts if not _said(each, section.tables))]
    for table in tables:
        number += 1
        paper.add_paragraph(f"表{number}　{showing.words(table.caption)}", style="Caption")
        add_table(paper, table)
        _after(paper, table)
    return number


def _said(chart: Table, tables: tuple[Table, ...]) -> bool:
    """Whether a table of the section has all numbers of the chart already."""
    wanted = {each for row in chart.rows for each in row if isinstance(each, str)}
    return any(wanted <= {each for row in table.rows for each in row} for table in tables)


def _after(paper: Document, table: Table) -> None:
    paragraph = paper.add_paragraph()
    paragraph.paragraph_format.line_spacing = Length(LINE // 2)
    paragraph.paragraph_format.space_after = Length(LINE // 2)
    if (note := showing.note(table)) is not None:
        paragraph.paragraph_format.space_before = Pt(3)
        run = paragraph.add_run(note)
        run.font.size = characters(10.5 / 16)


def _paragraph(paper: Document, text: str) -> Paragraph:
    """Two characters in; a leading （一）… in its own font."""
    paragraph = paper.add_paragraph()
    paragraph.paragraph_format.first_line_indent = characters(2)
    plain = showing.words(text)
    leading = SUBHEADING.match(plain)
    if leading is not None:
        in_font(paragraph.add_run(leading[0]).font, KAI)
    paragraph.add_run(plain[leading.end() :] if leading else plain)
    return paragraph


def _attachments(content: BulletinContent) -> list[Table]:
    return [each for each in (showing.differences(content), columns_table(content)) if each.rows]


def _list(paper: Document, attached: list[Table]) -> None:
    """附件：1.…, a line below the text."""
    for place, table in enumerate(attached, start=1):
        paragraph = paper.add_paragraph()
        if place == 1:
            paragraph.paragraph_format.space_before = LINE
        many = f"{place}." if len(attached) > 1 else ""
        paragraph.add_run(
            f"附件：{many}{table.caption}" if place == 1 else f"{many}{table.caption}"
        )
        paragraph.paragraph_format.first_line_indent = characters(2 if place == 1 else 5)
        paragraph.paragraph_format.keep_with_next = True


def _keep_last(paper: Document) -> None:
    """No page has the signature alone (GB/T 9704)."""
    paper.paragraphs[-1].paragraph_format.keep_with_next = True


def _attach(paper: Document, table: Table, number: str) -> None:
    label = paper.add_paragraph()
    label.add_run().add_break(WD_BREAK.PAGE)
    in_font(label.add_run(f"附件{number}").font, HEI)
    paper.add_paragraph(table.caption, style="Title").paragraph_format.space_after = LINE
    add_table(paper, table)
    _after(paper, table)
