"""Bars that lie: names of estates and streets are long, and so are rankings."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from services.survey.bulletins.domain.content import Chart
from services.survey.rendering.charts.drawing import (
    INK,
    LINE,
    PALE,
    SIZE,
    WIDTH,
    Drawing,
    colour,
    fitted,
    width_of,
)
from services.survey.rendering.charts.legend import height_of, legend
from services.survey.rendering.charts.scale import Scale, mark, scale_of
from services.survey.rendering.domain.showing import Value, number

LONGEST_NAME = 190
VALUE = 62  # room for the value at the end of a bar
GAP = 8
THICK, THIN = 20, 17
FOOT = 26
ZERO = Decimal(0)


@dataclass(frozen=True)
class Ground:
    """Where things stand: the names to the left, the marks below."""

    scale: Scale
    left: float
    top: float
    thick: float
    row: float
    bottom: float

    def x(self, value: Decimal) -> float:
        return self.left + (WIDTH - self.left - VALUE) * self.scale.share(value)


def bars(chart: Chart, name: str) -> str:
    ground = _ground(chart)
    drawing = Drawing(chart, name, ground.bottom + FOOT)
    legend(drawing, chart)
    _axis(drawing, ground)
    for place, category in enumerate(chart.categories):
        y = ground.top + place * ground.row + GAP / 2
        middle = y + (ground.row - GAP) / 2
        drawing.text(ground.left - GAP, middle, fitted(category, LONGEST_NAME), "end")
        for inner, each in enumerate(chart.series):
            _bar(drawing, ground, y + inner * ground.thick, each.values[place], colour(inner))
    return drawing.markup()


def _ground(chart: Chart) -> Ground:
    thick = THICK if len(chart.series) == 1 else THIN
    row = thick * len(chart.series) + GAP
    top = LINE + height_of(chart)
    return Ground(
        scale=scale_of(chart),
        left=min(max(map(width_of, chart.categories), default=0), LONGEST_NAME) + GAP,
        top=top,
        thick=thick,
        row=row,
        bottom=top + row * len(chart.categories),
    )


def _axis(drawing: Drawing, ground: Ground) -> None:
    for each in ground.scale.marks():
        x = ground.x(each)
        drawing.line((x, ground.top), (x, ground.bottom), *([INK] if each == ZERO else []))
        drawing.text(x, ground.bottom + SIZE, mark(each), "middle", PALE)


def _bar(drawing: Drawing, ground: Ground, y: float, value: Value, fill: str) -> None:
    zero = end = ground.x(ZERO)
    if isinstance(value, Decimal):
        end = ground.x(value)
        drawing.box(min(zero, end), y + 1, abs(end - zero), ground.thick - 2, fill)
    drawing.text(max(zero, end) + GAP / 2, y + ground.thick / 2, number(value))
