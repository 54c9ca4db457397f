"""The score of a survey or a rating: exact until the end, then rounded once (E04, rules-0.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor

from services.survey.surveys.domain.answers import Levels
from shared.rulebook.sections.survey import Indicator, Scores

WHOLE = 100
HALF = Fraction(1, 2)

Averages = Mapping[str, Fraction]


def averages_of(answers: Sequence[Levels], indicators: Sequence[Indicator]) -> Averages:
    """The mean level of each indicator; of nobody's answers there is none."""
    if not answers:
        return {}
    return {
        each.code: Fraction(sum(levels[each.code] for levels in answers), len(answers))
        for each in indicators
    }


def score_of(averages: Averages, indicators: Sequence[Indicator], top: int) -> Fraction:
    """The weighted mean of the averages, on a scale whose top is 100 (mean of five x 20)."""
    weights = {each.code: Fraction(each.weight) for each in indicators}
    mean = sum((averages[code] * weight for code, weight in weights.items()), Fraction())
    return mean * WHOLE / top


def share_of(part: int, whole: int) -> Fraction:
    """In percent; of nothing there is no share."""
    return Fraction(part * WHOLE, whole) if whole else Fraction()


def rounded(value: Fraction, scores: Scores) -> Decimal:
    """Half up, from the exact value: 79.995 is 80.00, 79.994 is 79.99."""
    factor = 10**scores.decimals
    return Decimal(floor(value * factor + HALF)).scaleb(-scores.decimals)
