"""Scores by weight: exact until the end, then rounded once (E15, E20, U13)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from services.survey.surveys.domain.scoring import rounded
from shared.rulebook.sections.evaluation import Evaluation as Rules
from shared.rulebook.sections.survey import Indicator, Scores

Marks = Mapping[str, Decimal]

OWNERS, COMMUNITY, THIRD_PARTY = "owners", "community", "third_party"
COMPOSITE = "composite"


def third_party_score(marks: Marks, rules: Rules, scores: Scores) -> Decimal:
    """E20: 80, 90, 75, 70, 60 are 76.50."""
    return rounded(_weighted(marks, rules.third_party), scores)


def community_score(marks: Marks, indicators: tuple[Indicator, ...], scores: Scores) -> Decimal:
    """The eight indicators of the quarterly rating, as the community sees them (E15, U02)."""
    return rounded(_weighted(marks, {each.code: each.weight for each in indicators}), scores)


def composite_score(
    parts: Mapping[str, Decimal | None], rules: Rules, scores: Scores
) -> Decimal | None:
    """E15: 82, 76, 88 are 82.00. A part that is missing makes none: nothing is weighted anew."""
    given = {part: score for part, score in parts.items() if score is not None}
    if set(given) != set(rules.composite):
        return None
    return rounded(_weighted(given, rules.composite), scores)


def owners_weight(rules: Rules, *, same_source: bool) -> Decimal:
    """U13: where one sample of owners feeds both parts, they weigh 0.40 + 0.30 x 0.30 = 0.49."""
    weight = rules.composite[OWNERS]
    if not same_source:
        return weight
    return weight + rules.composite[THIRD_PARTY] * rules.third_party[rules.owner_dimension]


def _weighted(marks: Marks, weights: Mapping[str, Decimal]) -> Fraction:
    parts = (Fraction(marks[code]) * Fraction(weight) for code, weight in weights.items())
    return sum(parts, Fraction())
