"""What an excellent evaluation adds, and which company earns it (E24, E25, U15)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor

from services.survey.credit.domain.consequences import EXCELLENT
from services.survey.credit.domain.means import Part, company_mean
from services.survey.surveys.domain.scoring import rounded
from shared.rulebook import Rulebook
from shared.rulebook.bands import band_of
from shared.rulebook.sections.evaluation import Subsidy

HALF = Fraction(1, 2)


def uplifted(base_fen: int, rules: Subsidy) -> int:
    """E24, U15: the subsidy times the factor, to the fen, half up."""
    return floor(base_fen * Fraction(rules.uplift) + HALF)


def earns_bonus(parts: Sequence[Part], book: Rulebook) -> bool:
    """E25: the company is excellent in all its estates together, not in one of them alone. `parts`
    are the third party's scores that count, one of each estate.
    """
    if not parts:
        return False
    score = rounded(company_mean(parts, book.subsidy.bonus_mean), book.scores)
    return band_of(book.evaluation.bands, score).code == EXCELLENT


def with_bonus(score: Decimal, rules: Subsidy) -> Decimal:
    """E25: points on top of the whole score of a bid, never beyond the cap."""
    return min(score + rules.bonus, rules.bonus_cap)
