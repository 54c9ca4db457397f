"""A share with what it was formed from; nothing divided by nothing is no figure (facts 2.11)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from shared.rulebook.sections.survey import Scores


@dataclass(frozen=True)
class Share:
    """`numerator` of `denominator`; both are shown beside the percentage."""

    numerator: int
    denominator: int

    def percent(self, scores: Scores) -> Decimal | None:
        """Rounded half up, once; None where there is nothing to divide by."""
        if self.denominator == 0:
            return None
        exact = Decimal(100 * self.numerator) / self.denominator
        return exact.quantize(Decimal(1).scaleb(-scores.decimals), rounding=ROUND_HALF_UP)
