"""A share with what it was formed from; nothing divided by nothing is no figure (facts 2.11)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from services.survey.surveys.domain.scoring import rounded, share_of
from shared.rulebook.sections.survey import Scores

NO_FIGURE = "—"
WITHHELD = "＊"


@dataclass(frozen=True)
class Share:
    """Counts, or amounts in fen."""

    numerator: int
    denominator: int

    @property
    def exact(self) -> Fraction | None:
        """In percent, unrounded."""
        return share_of(self.numerator, self.denominator) if self.denominator else None

    def percent(self, scores: Scores) -> Decimal | None:
        """Rounded half up, once; None where there is nothing to divide by."""
        return None if self.exact is None else rounded(self.exact, scores)

    def shown(self, scores: Scores) -> str:
        """The same in words: a dash where there is no figure, never 0 or 100."""
        percent = self.percent(scores)
        return NO_FIGURE if percent is None else str(percent)

    def is_of_few(self, least: int) -> bool:
        """It is of somebody, but of fewer: it would tell what one of them said."""
        return 0 < self.denominator < least

    def __add__(self, other: Share) -> Share:
        return Share(self.numerator + other.numerator, self.denominator + other.denominator)


NOTHING = Share(0, 0)
