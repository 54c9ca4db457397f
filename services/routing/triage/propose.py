"""Proposes category, grade, police and emergency from words (T09, B02, X13, X31).

Every word is looked for in the title and the text, so the time grows linearly with both.
A person may change whatever is proposed; the evidence says which words decided.
"""

from __future__ import annotations

from services.routing.triage.police import judge_police
from services.routing.triage.proposal import Evidence, Proposal
from services.routing.triage.reading import Reading
from services.routing.triage.scores import category_evidence, winner
from shared.rulebook import Grade, Rulebook
from shared.rulebook.sections.triage import Triage


def propose(
    rulebook: Rulebook, title: str, text: str, chosen_category: str | None = None
) -> Proposal:
    """The likeliest reading of a complaint. A category the citizen chose counts as evidence."""
    rules = rulebook.triage
    reading = Reading.of(title, text, rules.head_characters)
    found = list(category_evidence(rules, reading, chosen_category))
    category, confidence = winner(rules, found)
    police = judge_police(rulebook, reading, chosen_category)
    category = police.category or category
    call, emergency_evidence = _emergency(rules, reading)
    grade, grade_evidence = _grade(rulebook, category, reading, emergency=bool(call))
    decisive = [evidence for owner, evidence in found if owner == category]
    return Proposal(
        category=category,
        grade=grade,
        police=police.view,
        emergency=bool(call),
        call=call,
        confidence=1.0 if police.category else confidence,
        evidence=(*decisive, *police.evidence, *emergency_evidence, *grade_evidence),
    )


def _emergency(rules: Triage, reading: Reading) -> tuple[tuple[str, ...], list[Evidence]]:
    for rule in rules.emergency:
        if words := reading.head_words_of(rule):
            return rule.call, [Evidence(f"emergency.{rule.name}", words, 0.0)]
    return (), []


def _grade(
    rulebook: Rulebook, category: str, reading: Reading, *, emergency: bool
) -> tuple[Grade | None, list[Evidence]]:
    """The category's usual grade, raised by danger words or an emergency (facts 2.9)."""
    usual = rulebook.category(category).grade
    if usual is None:
        return None, []
    if emergency:
        return Grade.MAJOR, []
    for rule in rulebook.triage.raises:
        if category in rule.categories and (words := reading.words_of(rule)):
            return rule.to, [Evidence(f"raises.{rule.name}", words, 0.0)]
    return usual, []
