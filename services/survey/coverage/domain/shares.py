"""A share with what it was formed from; nothing divided by nothing is no figure (facts 2.11)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from shared.rulebook.sections.survey import Scores

NO_FIGURE = "—"


@dataclass(frozen=True)
class Share:
    numerator: int
    denominator: int

    def shown(self, scores: Scores) -> str:
        """The percentage rounded half up, once; a dash where there is nothing to divide by."""
        if self.denominator == 0:
            return NO_FIGURE
        exact = Decimal(100 * self.numerator) / self.denominator
        return str(exact.quantize(Decimal(1).scaleb(-scores.decimals), rounding=ROUND_HALF_UP))
