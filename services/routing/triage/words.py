"""What the words of the rulebook say about the category."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from math import log1p

from services.routing.triage.proposal import Evidence
from services.routing.triage.reading import Reading
from shared.rulebook.sections.triage import Triage, WeightedRule


def category_evidence(
    rules: Triage, reading: Reading, chosen_category: str | None = None
) -> Iterator[tuple[str, Evidence]]:
    """Each rule that counts, beside the category it speaks for."""
    if chosen_category is not None and chosen_category in rules.categories:
        yield chosen_category, Evidence(f"{chosen_category}.chosen", (), rules.chosen_weight)
    for category, weighted_rules in rules.categories.items():
        for number, rule in enumerate(weighted_rules, start=1):
            if words := reading.words_of(rule):
                weight = _weight(rules, rule, words, reading)
                yield category, Evidence(f"{category}.{number}", words, weight)


def word_scores(evidence: Iterable[tuple[str, Evidence]]) -> Mapping[str, float]:
    """By category, the logarithm of all weights: the tenth word says less than the first."""
    totals: dict[str, float] = defaultdict(float)
    for category, each in evidence:
        totals[category] += each.weight
    return {category: log1p(total) for category, total in totals.items() if total > 0}


def _weight(rules: Triage, rule: WeightedRule, words: tuple[str, ...], reading: Reading) -> float:
    """Occurrences in the text count up to a cap, so that length alone proves nothing."""
    text, title = rule.countable(reading.text), rule.countable(reading.title)
    occurrences = min(sum(text.count(word) for word in words), rules.repeat_cap)
    in_title = any(word in title for word in words)
    return rule.weight * (occurrences + rules.title_factor * in_title)
