"""What a bulletin and a report say, made from what was gathered and nothing else (D10-D12, E23)."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest

from services.survey.bulletins.domain.composing import compose_bulletin
from services.survey.bulletins.domain.composing_report import compose_report
from services.survey.bulletins.domain.content import (
    HIDDEN,
    Assessed,
    BulletinContent,
    Kind,
    Section,
    canonical,
    content_in,
)
from services.survey.bulletins.domain.differences import differences
from services.survey.bulletins.domain.edition import (
    Edition,
    PersonalDataInNote,
    Place,
    TooManyNotes,
    refuse_unfit,
)
from services.survey.bulletins.domain.gathered import Gathered, Mix
from services.survey.bulletins.domain.wording import change, signed
from services.survey.indicators.domain.spans import Period
from services.survey.rendering.open_data import csv_of
from services.survey.rendering.page import page
from tests.survey.bulletins.raw import BOOK, PLENTY, everything, gathered, quarter

HANDLED, MAJOR, REPEATED = "COMPLAINTS_HANDLED", "MAJOR_CLOSED_ON_TIME", "REPEAT_COMPLAINTS"
ANSWERS, FEES = "SATISFACTION", "FEES_COLLECTED"


def composed(raw: Gathered, edition: Edition | None = None) -> BulletinContent:
    return compose_bulletin(edition or quarter(), raw, BOOK)


def section(content: BulletinContent, heading: str) -> Section:
    return next(each for each in content.sections if each.heading == heading)


def said(content: BulletinContent, heading: str) -> str:
    return "\n".join(section(content, heading).paragraphs)


@pytest.mark.parametrize(
    ("now", "former", "words", "in_table"),
    [
        ("95.63", "94.10", "较上季度上升1.53个百分点", "+1.53"),
        ("94.10", "95.63", "较上季度下降1.53个百分点", "-1.53"),
        ("95.63", "95.63", "与上季度持平", "0.00"),
        ("95.63", None, "上季度无可比数据", None),
        (None, "95.63", "不作比较", None),
        (None, None, "不作比较", None),
    ],
)
def test_up_down_equal_and_nothing(
    now: str | None, former: str | None, words: str, in_table: str | None
) -> None:
    one, other = (None if each is None else Decimal(each) for each in (now, former))
    assert change(one, other, "上季度") == words
    assert signed(one, other) == in_table


def test_exactly_ten_lines() -> None:
    """D11: ten lines, each with numerator, denominator, period and source."""
    content = composed(everything(PLENTY))
    (table,) = section(content, "核心指标").tables
    assert len(table.rows) == 10
    keys = [column.key for column in table.columns]
    for row in table.rows:
        line = dict(zip(keys, row, strict=True))
        assert all(line[key] for key in ("numerator", "denominator", "source"))
        assert line["period"] == "2026年第一季度"
    assert len(section(content, "核心指标").paragraphs) == 10


def test_it_reads_as_a_bulletin() -> None:
    past = {"2025-Q4": {HANDLED: (500, 580), REPEATED: (20, 600), "SATISFACTION": (590, 600)}}
    by_code = dict.fromkeys(BOOK.reports.core_indicators, PLENTY) | {MAJOR: {}}
    raw = gathered(by_code, past=past).model_copy(
        update={"mix": (Mix(chinese="物业费争议", count=220), Mix(chinese="电梯故障", count=3))}
    )
    content = composed(raw)
    assert (content.title, content.issue) == ("全市物业治理信息通报", "2026年第1期")
    assert [each.heading for each in content.sections] == [
        "总体情况",
        "核心指标",
        "各县（市、区）排名",
        "各街道（乡镇）排名",
        "存在问题",
        "下一步工作要求",
    ]
    overview = said(content, "总体情况")
    assert (
        "共受理物业领域投诉600件，其中已办结560件，投诉处理率为93.33%，较上季度上升7.12" in overview
    )
    assert "电梯故障" not in overview, "three of a kind are few"
    lines = said(content, "核心指标")
    assert "重复投诉率：93.33%，较上季度上升90.00个百分点，该指标越低越好。" in lines
    assert "重大纠纷按期办结率：本期无相关数据，以“—”表示，不作比较。" in lines
    assert "咸安区、赤壁市并列第1名（95.00%），嘉鱼县居末位（90.00%）" in said(
        content, "各县（市、区）排名"
    )
    assert "重复投诉率较上季度上升90.00个百分点" in said(content, "存在问题")
    assert "群众满意度、重复投诉率" in said(content, "下一步工作要求")


def test_nothing_happened() -> None:
    content = composed(everything({}))
    assert "全市未受理物业领域投诉" in said(content, "总体情况")
    assert "不作比较" in said(content, "各县（市、区）排名")
    assert not any(chart for each in content.sections for chart in each.charts)


def test_one_place_alone_is_shown_and_not_ranked() -> None:
    """D12: its figure stands in the table without a rank, and the words say why; of streets the
    city's bulletin prints ranks only.
    """
    content = composed(everything(dict.fromkeys(PLENTY, (0, 0)) | {"421281001": (95, 100)}))
    counties, streets = (
        section(content, f"各{name}排名") for name in ("县（市、区）", "街道（乡镇）")
    )
    table = counties.tables[1]
    assert {row[1]: row[0] for row in table.rows} == {
        "咸安区": None,
        "嘉鱼县": None,
        "赤壁市": None,
    }
    assert "95.00" in [row[-1] for row in table.rows]
    assert (streets.tables, counties.charts, streets.charts) == ((), (), ())
    for each in (counties, streets):
        assert "不足2个，不作比较。" in each.paragraphs[-1]
        assert "第1名" not in "".join(each.paragraphs)
    assert {row["rank"] for row in csv.DictReader(io.StringIO(csv_of(content)))} == {""}
    assert "第1名" not in page(content)


def test_the_county_is_ranked_by_street() -> None:
    """D12: a county's bulletin has its streets, and nobody else's."""
    content = composed(everything(PLENTY).model_copy(update={"division": "421202"}))
    assert content.title == "咸安区物业治理信息通报"
    assert "各县（市、区）排名" not in [each.heading for each in content.sections]
    names = {each.place_name for each in content.figures}
    assert names == {"咸安区", "温泉街道", "浮山街道"}


def test_small_cells_in_tables() -> None:
    """Hidden cells are marked as such, not shown as missing."""
    content = composed(everything(PLENTY | {"421221103": (4, 4)}))
    ranking = section(content, "各县（市、区）排名").tables[1]
    hidden = {row[1]: row for row in ranking.rows if HIDDEN in row}
    assert hidden["嘉鱼县"] == (None, "嘉鱼县", HIDDEN, HIDDEN, HIDDEN)
    assert "4" not in [cell for row in ranking.rows for cell in row]


def test_what_is_withheld_is_not_told_by_category() -> None:
    """E05, C10: 赤壁市 is withheld for the sake of 嘉鱼县; its categories would tell its number."""
    mix = {"mix": (Mix(chinese="物业费争议", count=100),)}
    for county, told in (("421202", True), ("421281", False)):
        raw = everything(PLENTY | {"421221103": (4, 4)})
        content = composed(raw.model_copy(update={"division": county} | mix))
        overview = said(content, "总体情况")
        assert ("居前的依次为：物业费争议。" in overview) is told
        assert ("受理物业领域投诉的具体数据不予公布" in overview) is not told


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((38, 12, 8), "甲38件（占65.52%）、乙12件（占20.69%）、丙8件（占13.79%）"),
        ((38, 12, 3, 2), "甲38件（占69.09%）、乙12件（占21.82%）"),
        # two are left over: with the shares anybody knows them, so nobody is told the second either
        ((38, 12, 2), "甲38件（占73.08%）"),
        ((38, 2), None),
    ],
)
def test_no_few_complaints_are_left_over(counts: tuple[int, ...], words: str | None) -> None:
    """C10: shares tell the total, and the total less what is told is the rest."""
    named = zip("甲乙丙丁", counts, strict=False)
    mix = tuple(Mix(chinese=name, count=count) for name, count in named)
    overview = said(composed(everything(PLENTY).model_copy(update={"mix": mix})), "总体情况")
    if words is None:
        assert "从投诉类别看" not in overview
    else:
        assert f"居前的依次为：{words}。" in overview


def test_what_was_withheld_is_compared_with_nothing() -> None:
    """E05: neither in words nor in the table nor in the chart, and it is marked as withheld."""
    raw = gathered({HANDLED: PLENTY}, past={"2025-Q4": {HANDLED: (7, 9)}})
    withheld = tuple(each.model_copy(update={"hidden": True}) for each in raw.past)
    for past, told in ((raw.past, True), (withheld, False)):
        content = composed(raw.model_copy(update={"past": past}))
        assert ("较上季度上升" in said(content, "总体情况")) is told
        (course,) = section(content, "核心指标").charts
        line = next(each for each in course.series if each.name.startswith("投诉处理率"))
        assert line.values == (Decimal("77.78") if told else HIDDEN, Decimal("93.33"))
        assert course.categories == ("2025年四季度", "2026年一季度")
        row = section(content, "核心指标").tables[0].rows[1]
        assert row[:4] == (
            "投诉处理率（办结率）",
            "93.33",
            *(("77.78", "+15.55") if told else (HIDDEN,) * 2),
        )


def test_what_is_withheld_now_is_marked_in_the_chart() -> None:
    """Not as if there were none."""
    raw = gathered({HANDLED: {"421202001": (2, 3)}, ANSWERS: {"421202001": (98, 100)}})
    past = gathered({}, past={"2025-Q4": {ANSWERS: (60, 80)}}).past
    content = composed(raw.model_copy(update={"past": past}))
    (course,) = section(content, "核心指标").charts
    line = next(each for each in course.series if each.name.startswith("群众满意度"))
    assert line.values == (Decimal("75.00"), HIDDEN)


def test_no_heading_without_words() -> None:
    """存在问题, when nothing is worse and nobody is last."""
    level = dict.fromkeys(PLENTY, (100, 100))
    for streets, words in ((level, "未发现突出问题"), ({}, "均无可供分析的数据")):
        assert words in said(composed(everything(streets)), "存在问题")


def test_paragraphs_of_the_officer() -> None:
    """Added to the first two, in place of the usual requirements."""
    notes = {Place.PROBLEMS: ("个别企业收费公示不规范。",), Place.REQUIREMENTS: ("抓好整改。",)}
    edition = Edition(Kind.BULLETIN, Period.named("2026-Q1"), notes=notes)
    content = composed(everything(PLENTY), edition)
    assert section(content, "存在问题").paragraphs[-1] == "个别企业收费公示不规范。"
    assert section(content, "下一步工作要求").paragraphs == ("抓好整改。",)


@pytest.mark.parametrize(
    "text", ["联系13971234567", "身份证42120219800101123X", "鄂L12345", "a@example.org"]
)
def test_no_personal_data_in_paragraphs(text: str) -> None:
    with pytest.raises(PersonalDataInNote):
        refuse_unfit({Place.OVERVIEW: (text,)}, BOOK.bulletins)
    refuse_unfit({Place.OVERVIEW: ("全市*号小区3月办结120件，办结率95.63%。",)}, BOOK.bulletins)


def test_not_too_many_paragraphs() -> None:
    refuse_unfit({Place.OVERVIEW: ("一",) * 20}, BOOK.bulletins)
    for texts in (("一",) * 21, ("一" * 1001,)):
        with pytest.raises(TooManyNotes):
            refuse_unfit({Place.OVERVIEW: texts}, BOOK.bulletins)


def test_composing_again_gives_the_same_bytes() -> None:
    raw = everything(PLENTY)
    kept = Gathered.model_validate_json(raw.model_dump_json())
    first, second = canonical(composed(raw)), canonical(composed(kept))
    assert first == second
    assert canonical(content_in(first)) == first


def test_differences_are_explained() -> None:
    """D10: which figure, where, before and after; the rest is not mentioned."""
    former = composed(everything(PLENTY))
    late = PLENTY | {"421281001": (96, 100)}
    by_code = dict.fromkeys(BOOK.reports.core_indicators, PLENTY) | {HANDLED: late}
    found = differences(former, composed(gathered(by_code)))
    figures = [each for each in found if each.code == HANDLED]
    assert [(each.place_name, each.before, each.after) for each in figures] == [
        ("咸宁市", "93.33%（560/600）", "93.50%（561/600）"),
        ("赤壁市", "95.00%（95/100）", "96.00%（96/100）"),
        ("蒲圻街道", "95.00%（95/100）", "96.00%（96/100）"),
    ]
    sections = [each.chinese for each in found if each.code == "SECTION"]
    assert sections == ["总体情况", "核心指标", "各县（市、区）排名", "各街道（乡镇）排名"]
    assert len(found) == len(figures) + len(sections)
    assert differences(former, former) == ()


def test_a_difference_of_a_few_yuan_and_one_of_words_are_told() -> None:
    """What 万元 do not show is told to the fen; other categories by the section they are in."""
    former, new = (
        composed(gathered({FEES: {"421202001": (received, 100_000_000)}}))
        for received in (85_000_000, 85_000_400)
    )
    city, *_ = differences(former, new)
    assert (city.before, city.after) == (
        "85.00%（850000.00元/1000000.00元）",
        "85.00%（850004.00元/1000000.00元）",
    )
    other = {"mix": (Mix(chinese="物业费争议", count=180), Mix(chinese="电梯故障", count=40))}
    raw = everything(PLENTY)
    found = differences(composed(raw), composed(raw.model_copy(update=other)))
    assert [(each.code, each.chinese, each.after) for each in found] == [
        ("SECTION", "总体情况", "文字或图表有调整")
    ]


def an_estate(name: str, score: str | None, band: str | None = None, **other: str) -> Assessed:
    plain = {
        "estate_id": name,
        "estate_name": name,
        "division": "421202001",
        "division_name": "温泉街道",
        "company_id": "c1",
        "company_name": "甲物业",
        "owners": None,
        "community": None,
        "third_party": None,
        "composite": None if score is None else Decimal(score),
        "band": band,
        "band_name": band and {"EXCELLENT": "优秀", "POOR": "差"}[band],
    }
    return Assessed.model_validate(plain | other)


ESTATES = (
    an_estate("丙", "58.00", "POOR", company_id="c2", company_name="乙物业"),
    an_estate("甲", "95.00", "EXCELLENT"),
    an_estate("丁", None, division="421281001", division_name="蒲圻街道"),
    an_estate("乙", "95.00", "EXCELLENT"),
)


def report(*estates: Assessed) -> BulletinContent:
    edition = Edition(Kind.QUALITY_REPORT, Period.named("2026-H1"))
    return compose_report(edition, gathered({}, assessed=estates, period="2026-H1"), BOOK)


def test_the_report_lists_every_estate_once() -> None:
    """E23: each once, by composite; equals share a rank, who has none comes last."""
    content = report(*ESTATES)
    assert (content.title, content.period_name) == ("全市物业服务质量评价报告", "2026年上半年")
    (table,) = section(content, "各小区评价结果").tables
    assert [(row[0], row[1]) for row in table.rows] == [
        ("1", "乙"),
        ("1", "甲"),
        ("3", "丙"),
        (None, "丁"),
    ]
    overview = said(content, "评价概况")
    assert "共评价住宅小区4个，其中形成综合得分的3个" in overview
    assert "综合得分平均为82.67分" in overview
    assert "优秀2个、差1个" in overview
    assert "“差”的小区有1个：丙（乙物业）" in said(content, "存在问题")
    (companies,) = section(content, "物业服务企业评价情况").tables
    assert companies.rows == (
        ("乙物业", "1", "58.00", "0", "0", "0", "1"),
        ("甲物业", "3", "95.00", "2", "0", "0", "0"),
    )
    (counties,) = section(content, "各地评价情况").tables
    assert [row[:3] for row in counties.rows] == [
        ("咸安区", "3", "82.67"),
        ("嘉鱼县", "0", None),
        ("赤壁市", "1", None),
    ]


def test_the_only_estate_of_a_report_is_not_ranked() -> None:
    """E23: its score is told, and no rank."""
    content = report(*ESTATES[1:3])
    (table,) = section(content, "各小区评价结果").tables
    assert [(row[0], row[1], row[-2]) for row in table.rows] == [
        (None, "甲", "95.00"),
        (None, "丁", None),
    ]
    assert "第1名" not in said(content, "评价概况")


def test_a_report_of_nothing() -> None:
    assert "没有已公布的评价结果" in said(report(), "评价概况")


def test_an_estate_with_two_companies_counts_once() -> None:
    """E23: in the whole, in the band that both are in, in words, table and chart."""
    content = report(
        an_estate("甲", "95.00", "EXCELLENT"),
        an_estate("甲", "92.00", "EXCELLENT", company_id="c2", company_name="乙物业"),
    )
    overview = section(content, "评价概况")
    assert "共评价住宅小区1个" in overview.paragraphs[0]
    assert "优秀1个" in "".join(overview.paragraphs)
    assert overview.charts[0].series[0].values[0] == 1
    (table,) = section(content, "各地评价情况").tables
    assert next(row for row in table.rows if row[0] == "咸安区")[1:4] == ("1", "93.50", "1")


def test_what_became_of_an_estate_is_explained() -> None:
    """E23, D10: a score, a band, and an estate that was not in it before."""
    later = (an_estate("甲", "96.00", "EXCELLENT"), *ESTATES[2:], an_estate("戊", "70.00"))
    found = differences(report(*ESTATES), report(*later))
    assert {(each.place_name, each.chinese, each.before, each.after) for each in found} >= {
        ("甲（甲物业）", "综合得分", "95.00", "96.00"),
        ("戊（甲物业）", "综合得分", "未列入", "70.00"),
        ("丙（乙物业）", "等次", "差", "未列入"),
    }
