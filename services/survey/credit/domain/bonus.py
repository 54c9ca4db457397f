"""What an excellent evaluation adds (E24, E25, U15)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import floor

from shared.rulebook.sections.evaluation import Subsidy

HALF = Fraction(1, 2)


def uplifted(base_fen: int, rules: Subsidy) -> int:
    """E24, U15: the subsidy times the factor, to the fen, half up."""
    return floor(base_fen * Fraction(rules.uplift) + HALF)


def with_bonus(score: Decimal, rules: Subsidy) -> Decimal:
    """E25: points on top of the whole score of a bid, never beyond the cap."""
    return min(score + rules.bonus, rules.bonus_cap)
