"""The likeliest categories: the rulebook's words and the learned weights together."""

from __future__ import annotations

from collections.abc import Mapping
from math import exp

from services.routing.triage.learned import Learned
from services.routing.triage.proposal import Alternative
from shared.rulebook import Rulebook
from shared.rulebook.weights import HUNDREDTH

SHOWN = 3


def ranked(
    rulebook: Rulebook, learned: Learned, words: Mapping[str, float]
) -> tuple[Alternative, ...]:
    """All graded categories, the likeliest first.

    A category of which no letter was learned has the chance of the rarest one, and its words count
    as much as those of others usually do.
    """
    known, weights = learned.categories, learned.weights
    rarest = min(weights.bias[: len(known)]) * HUNDREDTH
    unseen = rulebook.triage.rules_weight + weights.trust * HUNDREDTH
    scores = {
        code: known[code] + rulebook.triage.rules_weight * words.get(code, 0.0)
        if code in known
        else rarest + unseen * words.get(code, 0.0)
        for code, category in rulebook.categories.items()
        if not category.police
    }
    shares = shares_of(scores, weights.temperature)
    alternatives = (Alternative(code, share) for code, share in shares.items())
    return tuple(sorted(alternatives, key=lambda each: (-each.confidence, each.category)))


def shares_of(scores: Mapping[str, float], temperature: float = 1.0) -> dict[str, float]:
    """Scores as shares that sum to 1 (softmax)."""
    highest = max(scores.values())
    powers = {name: exp((score - highest) / temperature) for name, score in scores.items()}
    total = sum(powers.values())
    return {name: power / total for name, power in powers.items()}
