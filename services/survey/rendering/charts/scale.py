"""The axis of a chart: it begins at zero, its marks are round numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from services.survey.bulletins.domain.content import Chart

HUNDRED = Decimal(100)
HALF = Decimal(50)
MARKS = 5
ROUND = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


@dataclass(frozen=True)
class Scale:
    bottom: Decimal
    top: Decimal
    step: Decimal

    def share(self, value: Decimal) -> float:
        """Where a value stands between bottom (0) and top (1)."""
        return float((value - self.bottom) / (self.top - self.bottom))

    def marks(self) -> Iterator[Decimal]:
        mark = self.bottom
        while mark <= self.top:
            yield mark
            mark += self.step


def scale_of(chart: Chart) -> Scale:
    """Zero always belongs to it, and a hundred per cent where a share reaches the half."""
    values = list(known(chart))
    top, bottom = max((*values, Decimal(0))), min((*values, Decimal(0)))
    if chart.unit == "%" and HALF <= top <= HUNDRED and bottom == 0:
        return Scale(Decimal(0), HUNDRED, HUNDRED / MARKS)
    if top == bottom:
        top = Decimal(1)
    step = _step((top - bottom) / MARKS)
    if all(each == each.to_integral_value() for each in values):
        step = max(step, Decimal(1))  # there is no half estate
    lowest = (bottom / step).to_integral_value(ROUND_FLOOR) * step
    return Scale(lowest, (top / step).to_integral_value(ROUND_CEILING) * step, step)


def known(chart: Chart) -> Iterable[Decimal]:
    for each in chart.series:
        yield from (value for value in each.values if isinstance(value, Decimal))


def mark(value: Decimal) -> str:
    """A mark reads 20 and not 20.0."""
    return f"{value.normalize():f}"


def _step(least: Decimal) -> Decimal:
    power = Decimal(1).scaleb(least.adjusted())
    return next(each * power for each in ROUND if each * power >= least)
