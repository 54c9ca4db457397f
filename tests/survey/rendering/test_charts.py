"""The charts show what the numbers say, and what they do not say (U03: "—" for no figure)."""

from __future__ import annotations

from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.survey.bulletins.domain.content import HIDDEN, Chart, ChartKind, Hidden, Series
from services.survey.rendering.charts import drawn
from services.survey.rendering.charts.drawing import WIDTH, fitted, width_of
from services.survey.rendering.charts.scale import scale_of
from tests.survey.bulletins.example import example_bulletin, example_report
from tests.survey.rendering.composed import composed_bulletin

SVG = "{http://www.w3.org/2000/svg}"
Values = tuple[Decimal | Hidden | None, ...]


def chart(kind: ChartKind, *series: Values, unit: str | None = "件") -> Chart:
    return Chart(
        kind=kind,
        caption="各地受理件数",
        categories=tuple(f"第{place}类" for place in range(1, len(series[0]) + 1)),
        series=tuple(Series(name=f"系列{at}", values=each) for at, each in enumerate(series)),
        unit=unit,
    )


def decimals(*values: str) -> Values:
    return tuple(map(Decimal, values))


def shapes(of: Chart, tag: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(drawn(of, "c")).iter(SVG + tag))


def texts(of: Chart) -> list[str]:
    return [each.text or "" for each in shapes(of, "text")]


def test_bars_are_as_long_as_their_values_and_begin_at_zero() -> None:
    bars = shapes(chart(ChartKind.BAR, decimals("80", "40", "10", "0")), "rect")
    lengths = [float(each.attrib["width"]) for each in bars]
    assert lengths[0] == pytest.approx(2 * lengths[1], abs=0.02)
    assert lengths[1] == pytest.approx(4 * lengths[2], abs=0.02)
    assert lengths[3] == 0
    assert len({each.attrib["x"] for each in bars}) == 1


def test_bars_below_zero_go_the_other_way() -> None:
    up, down = shapes(chart(ChartKind.BAR, decimals("1.5", "-1.5")), "rect")
    assert float(up.attrib["width"]) == pytest.approx(float(down.attrib["width"]), abs=0.02)
    assert float(up.attrib["x"]) == pytest.approx(
        float(down.attrib["x"]) + float(down.attrib["width"]), abs=0.02
    )


@pytest.mark.parametrize("kind", ChartKind)
def test_every_value_is_written_and_what_is_missing_or_hidden_is_marked(kind: ChartKind) -> None:
    written = texts(chart(kind, (Decimal("91.40"), None, HIDDEN, Decimal(0))))
    assert [each for each in written if each in {"91.40", "—", "＊"}] == ["91.40", "—", "＊"]


def test_a_missing_value_breaks_the_line() -> None:
    line = chart(ChartKind.LINE, (Decimal(90), Decimal(91), None, Decimal(93), HIDDEN, Decimal(95)))
    runs = [each.attrib["d"].count("L") + 1 for each in shapes(line, "path")]
    assert runs == [2, 1, 1]
    assert len(shapes(line, "circle")) == 4


def test_points_stand_as_high_as_their_values() -> None:
    points = shapes(chart(ChartKind.LINE, decimals("100", "50", "0"), unit="%"), "circle")
    heights = [float(each.attrib["cy"]) for each in points]
    assert heights[1] == pytest.approx((heights[0] + heights[2]) / 2, abs=0.02)
    assert heights[0] < heights[1] < heights[2]


def test_values_of_one_moment_do_not_cover_each_other() -> None:
    lines = chart(ChartKind.LINE, decimals("90", "91"), decimals("90.1", "91"), decimals("90", "0"))
    found = [each for each in shapes(lines, "text") if (each.text or "").startswith("9")]
    for one in found:
        for other in found:
            if one is not other and one.attrib["x"] == other.attrib["x"]:
                assert abs(float(one.attrib["y"]) - float(other.attrib["y"])) >= 14


def test_a_chart_is_told_in_words_too() -> None:
    bar = chart(ChartKind.BAR, (Decimal("91.40"), HIDDEN), unit="%")
    root = ElementTree.fromstring(drawn(bar, "c"))
    ids = root.attrib["aria-labelledby"].split()
    told = {each.attrib.get("id"): each.text for each in root}
    assert root.attrib["role"] == "img"
    assert [told[each] for each in ids] == [
        "各地受理件数",
        "条形图，单位：%。系列0：第1类 91.40，第2类 ＊。",
    ]


def test_what_is_written_in_a_chart_is_no_markup() -> None:
    bar = chart(ChartKind.BAR, decimals("1"))
    for changed in (
        bar.model_copy(update={"categories": ("<script>x</script>",)}),
        bar.model_copy(update={"caption": "a\x00<b onload='x'>"}),
        bar.model_copy(update={"unit": '"><script>'}),
    ):
        markup = drawn(changed, "c")
        assert "<script" not in markup
        assert "<b" not in markup
        ElementTree.fromstring(markup)


def test_the_charts_of_the_examples_say_what_their_tables_say() -> None:
    for content in (example_bulletin(), example_report(), composed_bulletin()):
        for each in (one for section in content.sections for one in section.charts):
            written = texts(each)
            for series in each.series:
                for value in series.values:
                    shown = "＊" if isinstance(value, Hidden) else str(value) if value else None
                    assert shown is None or shown in written


numbers = st.decimals(-10_000, 1_000_000, places=2)
some = st.one_of(st.none(), st.just(HIDDEN), numbers)


@given(st.lists(some, min_size=1, max_size=12), st.sampled_from(list(ChartKind)))
def test_all_that_is_drawn_lies_within_the_drawing(
    values: list[Decimal | Hidden | None], kind: ChartKind
) -> None:
    drawing = ElementTree.fromstring(drawn(chart(kind, tuple(values)), "c"))
    _, _, width, height = map(float, drawing.attrib["viewBox"].split())
    assert width == WIDTH
    for each in drawing.iter():
        for name, limit in (("x", width), ("cx", width), ("y", height), ("cy", height)):
            assert 0 <= float(each.attrib.get(name, 0)) <= limit


@given(st.lists(numbers, min_size=1, max_size=12), st.sampled_from(["%", "件", None]))
def test_an_axis_holds_zero_and_all_values_with_few_round_marks(
    values: list[Decimal], unit: str | None
) -> None:
    scale = scale_of(chart(ChartKind.BAR, tuple(values), unit=unit))
    marks = list(scale.marks())
    assert 0 in marks
    assert marks[0] <= min(values)
    assert marks[-1] >= max(values)
    assert 2 <= len(marks) <= 8


def test_a_long_name_is_cut_where_the_room_ends() -> None:
    long = "咸宁市咸安区温泉街道办事处桂花社区桂花园小区二期"
    assert fitted(long, width_of(long)) == long
    assert fitted(long, 140) == long[:9] + "…"
