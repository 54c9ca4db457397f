"""Poor years in a row, by the mean of each year's published scores (E27, U14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from services.survey.credit.domain.consequences import POOR
from services.survey.credit.domain.periods import half_years_of
from services.survey.surveys.domain.scoring import rounded
from shared.rulebook.bands import band_of
from shared.rulebook.sections.evaluation import Evaluation
from shared.rulebook.sections.survey import Scores as Rounding

Scores = Mapping[str, Decimal]  # by half-year


@dataclass(frozen=True)
class Year:
    year: int
    score: Decimal


def year_score(scores: Scores, year: int, rounding: Rounding) -> Decimal | None:
    """None for a year of which nothing was published."""
    published = [Fraction(scores[half]) for half in half_years_of(year) if half in scores]
    if not published:
        return None
    return rounded(sum(published, Fraction()) / len(published), rounding)


def poor_row(
    scores: Scores, last: int, rules: Evaluation, rounding: Rounding
) -> tuple[Year, ...] | None:
    """The poor years that end with `last`, once the second half of it is published."""
    if half_years_of(last)[1] not in scores:
        return None
    row = []
    for year in range(last - rules.poor_years + 1, last + 1):
        score = year_score(scores, year, rounding)
        if score is None or band_of(rules.bands, score).code != POOR:
            return None
        row.append(Year(year, score))
    return tuple(row)


def years_touched(year: int, rules: Evaluation) -> range:
    """The last years of the rows in which a year counts: a late score completes a later row."""
    return range(year, year + rules.poor_years)
