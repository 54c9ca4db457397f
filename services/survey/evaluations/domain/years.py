"""The grade of a year: the mean of its published half-years (U14)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from services.survey.evaluations.domain.halves import half_year
from services.survey.surveys.domain.scoring import rounded
from shared.rulebook.sections.survey import Scores


def year_score(published: Mapping[str, Decimal], year: int, scores: Scores) -> Decimal | None:
    """`published` are scores by half-year, e.g. 2026-H1; None where the year has none.

    One half-year alone is the year's mean: what was not published does not count.
    """
    own = [score for period, score in published.items() if half_year(period).first.year == year]
    if not own:
        return None
    return rounded(sum(map(Fraction, own), Fraction()) / len(own), scores)
