"""Above a chart: the unit, and which colour is which series."""

from __future__ import annotations

from services.survey.bulletins.domain.content import Chart
from services.survey.rendering.charts.drawing import (
    LINE,
    PALE,
    SIZE,
    WIDTH,
    Drawing,
    colour,
    fitted,
    width_of,
)

SQUARE = 12
BETWEEN = 18


def height_of(chart: Chart) -> float:
    """Of the names; the unit stands in the line above them."""
    return LINE * len(_rows(chart))


def legend(drawing: Drawing, chart: Chart) -> None:
    if chart.unit:
        drawing.text(WIDTH - 2, SIZE, f"单位：{chart.unit}", "end", PALE)
    for line, row in enumerate(_rows(chart)):
        x, y = 0.0, SIZE * 2 + line * LINE
        for place, name in row:
            drawing.box(x, y - SQUARE / 2, SQUARE, SQUARE, colour(place))
            drawing.text(x + SQUARE + 5, y, name)
            x += _room(name)


def _rows(chart: Chart) -> list[list[tuple[int, str]]]:
    """One series needs no legend: the caption says what it is."""
    rows: list[list[tuple[int, str]]] = []
    if len(chart.series) == 1:
        return rows
    used = float(WIDTH)
    for place, each in enumerate(chart.series):
        name = fitted(each.name, WIDTH / 2)
        if used + _room(name) > WIDTH:
            rows.append([])
            used = 0
        rows[-1].append((place, name))
        used += _room(name)
    return rows


def _room(name: str) -> float:
    return SQUARE + 5 + width_of(name) + BETWEEN
