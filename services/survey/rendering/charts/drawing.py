"""A drawing of few shapes, each with what it needs to be seen: no style sheet, no script."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from xml.etree import ElementTree

from services.survey.bulletins.domain.content import Chart, ChartKind
from services.survey.rendering.domain.showing import number, words

WIDTH = 560
SIZE = 14  # of letters
LINE = SIZE * 1.6
INK, PALE, GRID = "#222222", "#595959", "#d9d9d9"
# told apart without seeing red and green, and dark enough on white
COLOURS = ("#1f5fa8", "#c2571a", "#2e7d4f", "#8a4f9e", "#946c00", "#5b6670", "#a83246", "#1f7a8c")
KINDS = {ChartKind.BAR: "条形图", ChartKind.LINE: "折线图"}
NARROW = 0.56  # of the width of a Chinese character
CUT = "…"


class Drawing:
    def __init__(self, chart: Chart, name: str, height: float) -> None:
        self._root = ElementTree.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {WIDTH} {plain(height)}",
                "role": "img",
                "aria-labelledby": f"{name}-title {name}-data",
                "font-size": str(SIZE),
                "fill": INK,
            },
        )
        ElementTree.SubElement(self._root, "title", id=f"{name}-title").text = words(chart.caption)
        ElementTree.SubElement(self._root, "desc", id=f"{name}-data").text = told(chart)

    def text(self, x: float, y: float, shown: str, anchor: str = "start", fill: str = INK) -> None:
        """`y` is the middle of the letters."""
        look: dict[str, float | str] = {"x": x, "y": y + SIZE * 0.36}
        look |= {"text-anchor": anchor, "fill": fill}
        self._shape("text", look).text = words(shown)

    def line(
        self, start: tuple[float, float], end: tuple[float, float], stroke: str = GRID
    ) -> None:
        (x1, y1), (x2, y2) = start, end
        self._shape("line", {"x1": x1, "y1": y1, "x2": x2, "y2": y2, "stroke": stroke})

    def box(self, x: float, y: float, width: float, height: float, fill: str) -> None:
        self._shape("rect", {"x": x, "y": y, "width": width, "height": height, "fill": fill})

    def dot(self, x: float, y: float, fill: str) -> None:
        self._shape("circle", {"cx": x, "cy": y, "r": 4, "fill": fill})

    def path(self, steps: str, look: Mapping[str, float | str]) -> None:
        self._shape("path", {"d": steps, **look})

    def markup(self) -> str:
        return ElementTree.tostring(self._root, encoding="unicode")

    def _shape(self, tag: str, values: Mapping[str, float | str]) -> ElementTree.Element:
        given = {
            key: value if isinstance(value, str) else plain(value) for key, value in values.items()
        }
        return ElementTree.SubElement(self._root, tag, given)


def plain(value: float) -> str:
    """Two decimals are a hundredth of a pixel: the same on every machine."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def colour(place: int) -> str:
    return COLOURS[place % len(COLOURS)]


def told(chart: Chart) -> str:
    """The whole chart in words, for who listens to the page."""
    unit = f"，单位：{chart.unit}" if chart.unit else ""
    parts = [
        f"{each.name}：" + "，".join(map(_pair, chart.categories, map(number, each.values)))
        for each in chart.series
    ]
    return words(f"{KINDS[chart.kind]}{unit}。" + "；".join(parts) + "。")


def width_of(text: str) -> float:
    wide = sum(unicodedata.east_asian_width(each) in "WFA" for each in text)
    return SIZE * (wide + NARROW * (len(text) - wide))


def fitted(text: str, room: float) -> str:
    """The beginning of what is too long; the table beside has all of it."""
    if width_of(text) <= room:
        return text
    while text and width_of(text + CUT) > room:
        text = text[:-1]
    return text + CUT


def _pair(category: str, value: str) -> str:
    return f"{category} {value}"
