"""Danger now, and a home cut off from water, power or its elevator (X31, PF02)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from services.routing.triage.proposal import Evidence
from services.routing.triage.reading import Reading
from shared.rulebook import Rulebook


@dataclass(frozen=True)
class EmergencyJudgement:
    """`call` are the numbers to call at once; none when there is no emergency."""

    call: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def found(self) -> bool:
        return bool(self.evidence)


def judge_emergency(
    rulebook: Rulebook, reading: Reading, categories: Collection[str]
) -> EmergencyJudgement:
    """The first rule that counts; one that is for a category is read in the whole text.

    `categories` are what the letters and what the rules alone would say: neither can hide danger.
    """
    for rule in rulebook.triage.emergency:
        if rule.categories and not set(rule.categories).intersection(categories):
            continue
        words = reading.words_of(rule) if rule.categories else reading.head_words_of(rule)
        if words:
            return EmergencyJudgement(rule.call, (Evidence(f"emergency.{rule.name}", words, 0.0),))
    return EmergencyJudgement()
