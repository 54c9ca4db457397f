"""Which category the words speak for, and how clearly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from services.routing.triage.proposal import Evidence
from services.routing.triage.reading import Reading
from shared.rulebook.sections.triage import Triage, WeightedRule


def category_evidence(
    rules: Triage, reading: Reading, chosen_category: str | None
) -> Iterator[tuple[str, Evidence]]:
    """Each rule that counts, beside the category it speaks for."""
    if chosen_category is not None and chosen_category in rules.categories:
        yield chosen_category, Evidence(f"{chosen_category}.chosen", (), rules.chosen_weight)
    for category, weighted_rules in rules.categories.items():
        for number, rule in enumerate(weighted_rules, start=1):
            if words := reading.words_of(rule):
                weight = _weight(rules, rule, words, reading)
                yield category, Evidence(f"{category}.{number}", words, weight)


def winner(rules: Triage, evidence: Iterable[tuple[str, Evidence]]) -> tuple[str, float]:
    """The best category and its share of all scores; the fallback, share 0, when nothing counts."""
    scores: dict[str, float] = defaultdict(float)
    for category, each in evidence:
        scores[category] += each.weight
    best = max(scores, key=scores.__getitem__, default=rules.fallback)
    if scores[best] < rules.least_score:
        return rules.fallback, 0.0
    return best, scores[best] / sum(score for score in scores.values() if score > 0)


def _weight(rules: Triage, rule: WeightedRule, words: tuple[str, ...], reading: Reading) -> float:
    """Occurrences in the text count up to a cap, so that length alone proves nothing."""
    occurrences = min(sum(reading.text.count(word) for word in words), rules.repeat_cap)
    in_title = any(word in reading.title for word in words)
    return rule.weight * (occurrences + rules.title_factor * in_title)
