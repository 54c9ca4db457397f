"""The public page: whole in itself, without script, and nobody's words become markup (D10, E23)."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from services.survey.bulletins.domain.content import BulletinContent, Section
from services.survey.rendering.page import POLICY, page
from tests.survey.bulletins.example import example_bulletin, example_report
from tests.survey.rendering.composed import composed_bulletin

EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>{{ 7 * 7 }}'\"&"
VOID = {"meta", "br"}


class Reader(HTMLParser):
    """The elements as a browser would see them; every one that is opened is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.cells: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag in {"td", "th"}:
            self.cells.append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in {"td", "th"}:
            self.cells[-1] += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [given for name, given in self.elements if name == tag]


CONTENTS = [
    example_bulletin(),
    example_bulletin(edition=2),
    example_report(),
    composed_bulletin(),
    composed_bulletin("421202"),
]
NAMES = ["bulletin", "corrected", "report", "composed", "county"]


@pytest.mark.parametrize("content", CONTENTS, ids=NAMES)
def test_it_is_whole_in_itself_and_runs_nothing(content: BulletinContent) -> None:
    text = page(content)
    reader = Reader(text)
    assert reader.open == []
    assert not {"script", "link", "img", "iframe", "object", "form", "base"} & {
        tag for tag, _ in reader.elements
    }
    for _, given in reader.elements:
        assert not [name for name in given if name.startswith("on") or name == "style"]
        assert (given.get("href") or "#").startswith("#")
    assert "http" not in text.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert "url(" not in text
    assert "@import" not in text


def test_the_policy_allows_its_style_and_nothing_else() -> None:
    [style] = re.findall(r"<style>(.*?)</style>", page(example_bulletin()), re.DOTALL)
    allowed = b64encode(sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{allowed}'" in POLICY
    assert POLICY.startswith("default-src 'none'")
    assert "unsafe" not in POLICY


@pytest.mark.parametrize("content", CONTENTS, ids=NAMES)
def test_all_figures_and_words_are_on_it(content: BulletinContent) -> None:
    """D11: ten lines with numerator, denominator, period and source."""
    text = page(content)
    cells = Reader(text).cells
    for said in (content.title, content.issue, content.publisher, *content.summary):
        assert said in text
    for section in content.sections:
        assert section.heading in text
        for paragraph in section.paragraphs:
            assert paragraph in text
        for table in section.tables:
            for row in table.rows:
                assert {each for each in row if isinstance(each, str)} <= set(cells)


@pytest.mark.parametrize("content", CONTENTS, ids=NAMES)
def test_a_chart_is_told_and_has_its_table_beside(content: BulletinContent) -> None:
    reader = Reader(page(content))
    charts = [each for section in content.sections for each in section.charts]
    drawings = reader.all("svg")
    assert len(drawings) == len(reader.all("figure")) == len(charts)
    ids = {given["id"] for _, given in reader.elements if given.get("id")}
    assert len(ids) == len([1 for _, given in reader.elements if given.get("id")])
    for given in drawings:
        assert set((given["aria-labelledby"] or "").split()) <= ids
    for each in charts:
        assert set(each.categories) <= set(reader.cells)


def test_what_is_withheld_is_marked_and_not_shown_as_missing() -> None:
    """E05: in the tables of this quarter and of the one before, and in the chart."""
    text = page(composed_bulletin())
    cells = Reader(text).cells
    at = cells.index("群众满意度")
    assert cells[at + 1 : at + 4] == ["94.79", "＊", "＊"]
    assert re.search(r"群众满意度：2025年一季度 ＊，.*，2026年一季度 94\.79", text)
    assert ["嘉鱼县", "＊", "＊", "＊"] in [cells[at : at + 4] for at in range(len(cells))]


def test_nobodys_words_become_markup() -> None:
    content = example_bulletin(edition=2)
    section = content.sections[2]
    table = section.tables[0]
    evil_table = table.model_copy(
        update={
            "caption": EVIL,
            "columns": tuple(
                each.model_copy(update={"chinese": EVIL, "unit": EVIL, "meaning": EVIL})
                for each in table.columns
            ),
            "rows": ((EVIL,) * len(table.columns),),
        }
    )
    chart = section.charts[0]
    evil_chart = chart.model_copy(
        update={"caption": EVIL, "unit": EVIL, "categories": (EVIL,) * len(chart.categories)}
    )
    assert content.corrects is not None
    evil = content.model_copy(
        update={
            **dict.fromkeys(("title", "issue", "publisher", "division_name", "period_name"), EVIL),
            "summary": (EVIL,),
            "corrects": content.corrects.model_copy(update={"reason": EVIL}),
            "sections": (
                Section(
                    heading=EVIL, paragraphs=(EVIL,), tables=(evil_table,), charts=(evil_chart,)
                ),
            ),
        }
    )
    text = page(evil)
    assert "<script" not in text
    assert "<img" not in text
    assert "49" not in Reader(text).cells
    assert Reader(text).open == []
    assert EVIL in Reader(text).cells


def test_what_is_hidden_and_what_is_missing_is_told_apart() -> None:
    text = page(example_bulletin())
    cells = Reader(text).cells
    assert "＊" in cells
    assert "—" in cells
    assert "为保护个人信息不予公布" in text


def test_a_corrected_edition_says_what_it_corrects() -> None:
    plain, corrected = page(example_bulletin()), page(example_bulletin(edition=2))
    assert "更正说明" not in plain
    assert "本版为第2版，对2026年4月10日公布的第1版予以更正，以本版为准。" in corrected
    assert "更正原因：赤壁市赤马港街道补报3月下旬的办结记录。</p>" in corrected
    assert {"95.47%（1180/1236）", "95.63%（1182/1236）"} <= set(Reader(corrected).cells)


def test_a_draft_says_that_it_is_one() -> None:
    draft = page(example_bulletin().model_copy(update={"published_at": None}))
    assert "草稿，尚未发布" in draft
    assert "草稿" not in page(example_bulletin())
