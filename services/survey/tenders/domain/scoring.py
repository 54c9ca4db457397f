"""The score of a bid: exact until the end, rounded once, half up (F05, E25, ground rule 0.2.6)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from services.survey.surveys.domain.scoring import rounded
from shared.errors import Conflict
from shared.rulebook.sections.evaluation import Tenders
from shared.rulebook.sections.survey import Scores


class BidsUnscored(Conflict):
    """Not every bid is scored."""

    code = "BIDS_UNSCORED"
    chinese = "尚有投标未评分，不能公示结果。"


@dataclass(frozen=True)
class Indicators:
    """What the panel as a whole gave a bid, each 0 to 100; never what one of its members did."""

    service: Decimal
    credit: Decimal
    price: Decimal


def exact_score(indicators: Indicators, rules: Tenders) -> Fraction:
    """The rulebook holds weights for exactly these three, and they sum to 1."""
    return sum(
        (Fraction(value) * Fraction(rules.weights[name]) for name, value in _parts(indicators)),
        Fraction(),
    )


def score_of(indicators: Indicators, rules: Tenders, scores: Scores) -> Decimal:
    return rounded(exact_score(indicators, rules), scores)


def _parts(indicators: Indicators) -> list[tuple[str, Decimal]]:
    return list(vars(indicators).items())
