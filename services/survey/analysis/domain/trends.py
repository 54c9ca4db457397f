"""How counts move: against the period before, and against the same one a year before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from services.survey.indicators.domain.spans import Period

WHOLE = 100


@dataclass(frozen=True)
class Change:
    """`before` is None where nothing is known of that time: then there is no change either."""

    now: int
    before: int | None

    @property
    def difference(self) -> int | None:
        return None if self.before is None else self.now - self.before

    @property
    def percent(self) -> Fraction | None:
        """Of what was before; from nothing, no percentage leads anywhere."""
        if not self.before:
            return None
        return Fraction((self.now - self.before) * WHOLE, self.before)


@dataclass(frozen=True)
class Point:
    period: Period
    to_previous: Change
    to_year_before: Change

    @property
    def count(self) -> int:
        return self.to_previous.now


def year_before(period: Period) -> Period:
    return replace(period, year=period.year - 1)


def up_to(last: Period, periods: int) -> Sequence[Period]:
    """So many of the same kind, the oldest first."""
    found = [last]
    while len(found) < periods:
        found.append(found[-1].previous)
    return found[::-1]


def points_of(
    periods: Sequence[Period], counts: Mapping[Period, int], known_from: Period | None
) -> Sequence[Point]:
    """`known_from` is the first period of which anything is known."""

    def of(period: Period) -> int | None:
        if known_from is None or period.span.since < known_from.span.since:
            return None
        return counts.get(period, 0)

    return [
        Point(
            period,
            Change(counts.get(period, 0), of(period.previous)),
            Change(counts.get(period, 0), of(year_before(period))),
        )
        for period in periods
    ]
