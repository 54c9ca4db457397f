"""Satisfaction as the rulebook counts it: no answer is no answer, never "satisfied" (facts 2.5)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from shared.rulebook.sections.survey import Satisfaction, Scores

WHOLE = Decimal(100)


def mean_points(levels: Sequence[int], scale: Satisfaction, scores: Scores) -> Decimal | None:
    """The mean of the points (20 to 100) of given answers; None when nobody answered."""
    if not levels:
        return None
    total = sum((scale.points(level) for level in levels), Decimal())
    return _rounded(total / len(levels), scores)


def positive_share(levels: Sequence[int], scale: Satisfaction, scores: Scores) -> Decimal | None:
    """群众满意度 (facts 2.11): positive answers of valid answers in percent; None without any."""
    if not levels:
        return None
    positive = sum(level >= scale.positive_from for level in levels)
    return _rounded(WHOLE * positive / len(levels), scores)


def _rounded(value: Decimal, scores: Scores) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-scores.decimals), rounding=ROUND_HALF_UP)
