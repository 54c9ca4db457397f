"""The likeliest categories: the rulebook's words and the learned weights together."""

from __future__ import annotations

from collections.abc import Mapping
from math import exp

from services.routing.triage.learned import Learned
from services.routing.triage.proposal import Alternative
from shared.rulebook import Rulebook

SHOWN = 3


def ranked(
    rulebook: Rulebook, learned: Learned, words: Mapping[str, float]
) -> tuple[Alternative, ...]:
    """All graded categories, the likeliest first.

    A category that no letter was learned of starts from the rarest one's chance.
    """
    known = learned.categories
    rarest = min(learned.weights.bias[: len(known)], default=0) / 100
    weight = rulebook.triage.rules_weight
    scores = {
        code: known.get(code, rarest) + weight * words.get(code, 0.0)
        for code, category in rulebook.categories.items()
        if not category.police
    }
    shares = shares_of(scores, learned.weights.temperature)
    alternatives = (Alternative(code, share) for code, share in shares.items())
    return tuple(sorted(alternatives, key=lambda each: (-each.confidence, each.category)))


def shares_of(scores: Mapping[str, float], temperature: float = 1.0) -> dict[str, float]:
    """Scores as shares that sum to 1 (softmax)."""
    highest = max(scores.values())
    powers = {name: exp((score - highest) / temperature) for name, score in scores.items()}
    total = sum(powers.values())
    return {name: power / total for name, power in powers.items()}
