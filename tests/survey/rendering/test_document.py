"""The official document, read back: head, title, tables, numbers, signature (D10, E23)."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from services.survey.bulletins.domain.content import BulletinContent, Column, Section, Table
from services.survey.rendering.document import document
from services.survey.rendering.domain.showing import cell
from tests.survey.bulletins.example import CORE, example_bulletin, example_report
from tests.survey.rendering.composed import composed_bulletin


def read(content: BulletinContent) -> Document:
    return docx.Document(BytesIO(document(content)))


def titled(paper: Document, name: str) -> list[str]:
    return [
        each.text for each in paper.paragraphs if each.style is not None and each.style.name == name
    ]


def chinese_font(element: object) -> str | None:
    names = element.find(f".//{qn('w:rFonts')}")  # type: ignore[attr-defined]
    return None if names is None else names.get(qn("w:eastAsia"))


def style(paper: Document, name: str) -> ParagraphStyle:
    found = paper.styles[name]
    assert isinstance(found, ParagraphStyle)
    return found


def paragraph(paper: Document, text: str) -> Paragraph:
    return next(each for each in paper.paragraphs if each.text == text)


def test_the_page_is_that_of_official_documents() -> None:
    paper = read(example_bulletin())
    section = paper.sections[0]
    sides = (section.page_width, section.left_margin, section.right_margin)
    ends = (section.page_height, section.top_margin, section.bottom_margin)
    assert [round((each or 0) / Mm(1)) for each in (*sides, *ends)] == [210, 28, 26, 297, 37, 35]
    text = style(paper, "Normal").paragraph_format
    assert int(Mm(225) / (text.line_spacing or 1)) == 22


@pytest.mark.parametrize(
    ("name", "font", "size"),
    [
        ("Normal", "仿宋", Pt(16)),
        ("Title", "方正小标宋简体", Pt(22)),
        ("Heading 1", "黑体", Pt(16)),
        ("Heading 2", "楷体", Pt(16)),
        ("Table Text", "仿宋", Pt(12)),
    ],
)
def test_the_fonts_are_those_of_official_documents(name: str, font: str, size: Pt) -> None:
    found = style(read(example_bulletin()), name)
    assert chinese_font(found.element) == font
    assert found.font.size == size


def test_each_font_names_what_may_stand_in_for_it() -> None:
    with ZipFile(BytesIO(document(example_bulletin()))) as file:
        table = file.read("word/fontTable.xml").decode()
    for font, other in (("方正小标宋简体", "SimSun"), ("仿宋", "FangSong"), ("黑体", "SimHei")):
        assert re.search(f'w:name="{font}"><w:altName w:val="[^"]*{other}', table)


def test_the_head_is_red_and_ruled() -> None:
    paper = read(example_bulletin())
    speaker, issue = paper.paragraphs[:2]
    assert speaker.text == "咸宁市综治中心"
    assert speaker.runs[0].font.color.rgb == RGBColor(0xFF, 0, 0)
    assert chinese_font(speaker._p) == "方正小标宋简体"
    assert issue.text == "2026年第1期\t2026年4月10日"
    rule = issue._p.find(f".//{qn('w:pBdr')}/{qn('w:bottom')}")
    assert rule is not None
    assert rule.get(qn("w:color")) == "FF0000"
    assert titled(paper, "Title")[0] == "全市物业治理信息通报"


def test_headings_and_tables_are_numbered() -> None:
    paper = read(example_bulletin())
    assert titled(paper, "Heading 1") == [
        "一、总体情况",
        "二、核心指标",
        "三、各县（市、区）排名",
        "四、存在问题",
        "五、下一步工作要求",
    ]
    assert titled(paper, "Caption") == [
        "表1　投诉类别构成",
        "表2　全市物业治理核心指标",
        "表3　近五个季度群众满意度",
        "表4　各县（市、区）投诉处理率排名",
    ]


def test_the_ten_core_figures_are_ten_rows() -> None:
    """D11: exactly ten lines, each with numerator, denominator, period and source."""
    table = read(example_bulletin()).tables[1]
    heads, *rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert heads[:2] == ["指标", "本期（%）"]
    assert [row[0] for row in rows] == [each[1] for each in CORE]
    assert all(all(row) for row in rows)
    assert rows[-1][1] == "—"
    assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    assert sum(int(each.width) for each in table.rows[0].cells) == pytest.approx(Mm(156), abs=Mm(1))


def test_every_table_that_was_composed_reads_as_it_stands_in_the_content() -> None:
    content = composed_bulletin()
    printed = [
        [[cell.text for cell in row.cells] for row in table.rows[1:]]
        for table in read(content).tables
    ]
    for table in (one for section in content.sections for one in section.tables):
        assert [[cell(value) for value in row] for row in table.rows] in printed


def test_hidden_cells_are_marked_and_explained() -> None:
    paper = read(example_bulletin())
    ranking = [[cell.text for cell in row.cells] for row in paper.tables[3].rows]
    assert ["—", "嘉鱼县", "＊", "＊", "＊"] in ranking
    assert any("为保护个人信息不予公布" in each.text for each in paper.paragraphs)


def test_it_is_signed_and_dated_and_lists_what_is_attached() -> None:
    paper = read(example_bulletin(edition=2))
    words = [each.text for each in paper.paragraphs]
    listed = words.index("附件：1.更正内容对照表")
    assert words[listed + 1 : listed + 4] == ["2.统计项目说明", "咸宁市综治中心", "2026年4月10日"]
    assert "附件1" in [each.strip() for each in words]
    assert words[-1] == "　咸宁市综治中心\t2026年4月10日印发"
    single = [each.text for each in read(example_report()).paragraphs]
    assert "附件：统计项目说明" in single


def test_pages_are_numbered_outside() -> None:
    paper = read(example_bulletin())
    assert paper.settings.odd_and_even_pages_header_footer
    for footer, side in (
        (paper.sections[0].footer, "right"),
        (paper.sections[0].even_page_footer, "left"),
    ):
        [number] = footer.paragraphs
        assert number.text == "—  —"  # between them the field
        assert number._p.find(f".//{qn('w:instrText')}").text == "PAGE"
        assert number._p.find(f".//{qn('w:jc')}").get(qn("w:val")) == side


def test_a_corrected_edition_carries_a_note() -> None:
    paper = read(example_bulletin(edition=2))
    assert paper.paragraphs[1].text == "2026年第1期（第2版，更正）\t2026年4月10日"
    note = next(each for each in paper.paragraphs if each.text.startswith("本版为第2版"))
    assert "以本版为准" in note.text
    assert "补报3月下旬的办结记录" in note.text
    cells = [cell.text for row in paper.tables[-2].rows for cell in row.cells]
    assert cells[-2:] == ["95.47%（1180/1236）", "95.63%（1182/1236）"]


def test_a_draft_is_neither_dated_nor_issued() -> None:
    draft = example_bulletin().model_copy(update={"published_at": None})
    words = [each.text for each in read(draft).paragraphs]
    assert words[1] == "2026年第1期\t草稿"
    assert "　　年　月　日" in words
    assert not any(each.endswith("印发") for each in words)


def test_the_file_tells_when_it_was_published_and_not_when_it_was_made() -> None:
    properties = read(example_bulletin()).core_properties
    assert properties.created == properties.modified
    assert properties.created == datetime.fromisoformat("2026-04-10T01:00:00+00:00")
    assert properties.author == properties.last_modified_by == "咸宁市综治中心"
    with ZipFile(BytesIO(document(example_bulletin()))) as file:
        entries = file.infolist()
    assert {each.date_time for each in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {each.compress_type for each in entries} == {ZIP_STORED}
    names = [each.filename for each in entries]
    assert names[0] == "[Content_Types].xml"
    assert names[1:] == sorted(names[1:])


def test_words_that_no_document_may_hold_and_markup_do_no_harm() -> None:
    evil = "<w:p/>\x00\x0b&‘=1+1"
    column = Column(key="a", chinese=evil, unit=evil, meaning=evil)
    section = Section(
        heading=evil,
        paragraphs=(evil, "（一）加强督导。各地要落实责任。"),
        tables=(Table(caption=evil, columns=(column,), rows=((evil,), ("",))),),
    )
    content = example_bulletin().model_copy(
        update={"title": evil, "issue": evil, "publisher": evil, "sections": (section,)}
    )
    paper = read(content)
    assert "<w:p/>&‘=1+1" in [cell.text for row in paper.tables[0].rows for cell in row.cells]
    subheading = paragraph(paper, "（一）加强督导。各地要落实责任。")
    assert subheading.runs[0].text == "（一）加强督导。"
    assert chinese_font(subheading.runs[0]._r) == "楷体"
