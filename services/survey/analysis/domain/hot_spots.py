"""Where most disputes arise: estates, buildings and companies, and how many per household."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from services.survey.analysis.domain.ranking import Ranked, ranked


class Spot(StrEnum):
    ESTATE = "ESTATE"
    BUILDING = "BUILDING"
    COMPANY = "COMPANY"


@dataclass(frozen=True)
class HotSpot:
    """`households` is absent where nobody has told how many there are."""

    id: str
    name: str
    cases: int
    households: int | None

    def per_households(self, unit: int) -> Fraction | None:
        """Cases per so many households; of nobody there is no such figure."""
        return Fraction(self.cases * unit, self.households) if self.households else None


def hottest(spots: Sequence[HotSpot], at_most: int) -> tuple[Ranked[HotSpot], ...]:
    """By cases; equals share a rank (D12). Where the last rank is theirs all of them are shown, or
    none if that were more than twice as many as asked for: what everybody has is no hot spot.
    """
    found = ranked(spots, lambda each: each.cases, lambda each: (each.name, each.id))
    shown = [each for each in found if each.rank <= at_most]
    if len(shown) > 2 * at_most:
        shown = [each for each in shown if each.rank < shown[-1].rank]
    return tuple(shown)
