"""The score of a survey: exact until the end, rounded once, half up (E04, ground rule 0.2.6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor

from services.survey.surveys.domain.answers import Levels
from shared.rulebook.sections.survey import Scores
from shared.rulebook.sections.survey import Survey as Rules

WHOLE = 100
HALF = Fraction(1, 2)

Averages = Mapping[str, Fraction]


def averages_of(answers: Sequence[Levels], rules: Rules) -> Averages:
    """The mean level of each dimension; of nobody's answers there is none."""
    if not answers:
        return {}
    return {
        each.code: Fraction(sum(levels[each.code] for levels in answers), len(answers))
        for each in rules.dimensions
    }


def score_of(averages: Averages, rules: Rules) -> Fraction:
    """The weighted mean of the averages, on a scale whose top is 100 (mean of five x 20)."""
    weights = {each.code: Fraction(each.weight) for each in rules.dimensions}
    mean = sum((averages[code] * weight for code, weight in weights.items()), Fraction())
    return mean * WHOLE / rules.scale_top


def share_of(part: int, whole: int) -> Fraction:
    """In percent; of nothing there is no share."""
    return Fraction(part * WHOLE, whole) if whole else Fraction()


def rounded(value: Fraction, scores: Scores) -> Decimal:
    """Half up, from the exact value: 79.995 is 80.00, 79.994 is 79.99."""
    factor = 10**scores.decimals
    return Decimal(floor(value * factor + HALF)).scaleb(-scores.decimals)
