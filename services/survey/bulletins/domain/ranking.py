"""Ranks by an indicator: equal percentages share one, and the next is counted on (D12)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal


def ranks(
    values: Mapping[str, Decimal | None], at_least: int, *, lowest_first: bool = False
) -> dict[str, int]:
    """95.0, 95.0, 90.0 are 1, 1, 3. Who has no value has no rank, and nobody has one where fewer
    than `at_least` have a value: to be first among one says nothing.

    What is compared is what is published: the percentages, rounded once.
    """
    known = {place: value for place, value in values.items() if value is not None}
    if len(known) < at_least:
        return {}
    return {
        place: 1 + sum(_before(other, value, lowest_first) for other in known.values())
        for place, value in known.items()
    }


def _before(other: Decimal, value: Decimal, lowest_first: bool) -> bool:
    return other < value if lowest_first else other > value
