"""The score of a company from the scores of its estates, exact (E16, U20)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from uuid import UUID


@dataclass(frozen=True)
class Part:
    """What an estate contributes."""

    entry_id: UUID
    estate_id: UUID
    score: Decimal
    households: int


def company_mean(parts: Sequence[Part], rule: str) -> Fraction:
    """Of at least one estate. An estate whose houses nobody registered counts as one household."""
    weights = [WEIGHTS[rule](part) for part in parts]
    whole = sum(
        (Fraction(part.score) * weight for part, weight in zip(parts, weights, strict=True)),
        Fraction(),
    )
    return whole / sum(weights)


WEIGHTS: Mapping[str, Callable[[Part], int]] = {
    "BY_HOUSEHOLDS": lambda part: max(part.households, 1),
    "PLAIN": lambda part: 1,
}
