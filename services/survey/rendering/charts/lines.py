"""Lines over time: a missing value breaks the line, none is guessed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    plain,
    width_of,
)
from services.survey.rendering.charts.legend import height_of, legend
from services.survey.rendering.charts.scale import Scale, mark, scale_of
from services.survey.rendering.domain.showing import Value, number

TALL = 240
LEFT, RIGHT = 52, 20
FOOT = 30
ABOVE = 13  # the middle of a value over its point
APART = SIZE + 1  # between two values of the same moment
DASHES = ("", "7 4", "2 3", "9 3 2 3")  # told apart without colours
ZERO = Decimal(0)


@dataclass(frozen=True)
class Ground:
    scale: Scale
    top: float
    pace: float

    def x(self, place: int) -> float:
        return LEFT + self.pace * (place + 0.5)

    def y(self, value: Value) -> float:
        """What has no value stands on the axis."""
        return self.top + TALL * (
            1 - self.scale.share(value if isinstance(value, Decimal) else ZERO)
        )


def lines(chart: Chart, name: str) -> str:
    ground = Ground(
        scale=scale_of(chart),
        top=LINE + height_of(chart) + APART * len(chart.series),
        pace=(WIDTH - LEFT - RIGHT) / max(len(chart.categories), 1),
    )
    drawing = Drawing(chart, name, ground.top + TALL + FOOT)
    legend(drawing, chart)
    _axis(drawing, ground)
    _moments(drawing, ground, chart.categories)
    for place, each in enumerate(chart.series):
        _line(drawing, ground, each.values, place)
    for place in range(len(chart.categories)):
        _values(drawing, ground, place, [each.values[place] for each in chart.series])
    return drawing.markup()


def _axis(drawing: Drawing, ground: Ground) -> None:
    for each in ground.scale.marks():
        y = ground.y(each)
        drawing.line((LEFT, y), (WIDTH - RIGHT, y), *([INK] if each == ZERO else []))
        drawing.text(LEFT - 6, y, mark(each), "end", PALE)


def _moments(drawing: Drawing, ground: Ground, categories: Sequence[str]) -> None:
    """The last one is always named; as many before it as there is room for."""
    widest = max(map(width_of, categories), default=0) + 6
    every = max(1, -int(-widest // ground.pace))
    for place, category in enumerate(categories):
        if (len(categories) - 1 - place) % every == 0:
            y = ground.top + TALL + SIZE * 1.2
            drawing.text(ground.x(place), y, category, "middle", PALE)


def _line(drawing: Drawing, ground: Ground, values: Sequence[Value], place: int) -> None:
    look = {"fill": "none", "stroke": colour(place), "stroke-width": "2"}
    if dashes := DASHES[place % len(DASHES)]:
        look["stroke-dasharray"] = dashes
    for run in _runs(values):
        points = [(ground.x(at), ground.y(value)) for at, value in run]
        drawing.path("M" + " L".join(f"{plain(x)} {plain(y)}" for x, y in points), look)
        for x, y in points:
            drawing.dot(x, y, colour(place))


def _values(drawing: Drawing, ground: Ground, place: int, values: Sequence[Value]) -> None:
    for at, height in _heights([ground.y(each) for each in values], ground.top + TALL):
        fill = INK if len(values) == 1 else colour(at)
        drawing.text(ground.x(place), height, number(values[at]), "middle", fill)


def _heights(points: Sequence[float], bottom: float) -> Iterator[tuple[int, float]]:
    """Points near each other have half of their values above all of them and half below, so that
    no value covers a line. Near the axis there is no room below: then all are above.
    """
    clear = 2 * ABOVE + APART * len(points)
    clusters: list[list[int]] = []
    for at in sorted(range(len(points)), key=lambda at: (points[at], at)):
        if not clusters or points[at] - points[clusters[-1][-1]] >= clear:
            clusters.append([])
        clusters[-1].append(at)
    for cluster in clusters:
        above = (len(cluster) + 1) // 2
        lowest = points[cluster[-1]] + ABOVE
        if lowest + APART * (len(cluster) - above) > bottom:
            above = len(cluster)
        highest = points[cluster[0]] - ABOVE
        yield from ((at, highest - APART * up) for up, at in enumerate(reversed(cluster[:above])))
        yield from ((at, lowest + APART * down) for down, at in enumerate(cluster[above:]))


def _runs(values: Sequence[Value]) -> Iterator[list[tuple[int, Decimal]]]:
    run: list[tuple[int, Decimal]] = []
    for place, value in enumerate(values):
        if isinstance(value, Decimal):
            run.append((place, value))
        elif run:
            yield run
            run = []
    if run:
        yield run
