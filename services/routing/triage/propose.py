"""Proposes category, grade, police and emergency from words (T09, B02, X13, X31).

Two parts: the rules of the rulebook for what must never be missed, and weights learned from
letters. Both look at the title and the text, so the time grows linearly with them. A person may
change whatever is proposed; the evidence says which words decided.
"""

from __future__ import annotations

from collections.abc import Mapping

from services.routing.triage.acts import named_acts, shown
from services.routing.triage.emergencies import judge_emergency
from services.routing.triage.grading import GradeJudgement, judge_grade
from services.routing.triage.learned import learned
from services.routing.triage.police import judge_police
from services.routing.triage.proposal import Alternative, PoliceView, Proposal
from services.routing.triage.ranking import ranked
from services.routing.triage.reading import Reading
from services.routing.triage.words import category_evidence, word_scores
from shared.rulebook import Rulebook


def propose(
    rulebook: Rulebook, title: str, text: str, chosen_category: str | None = None
) -> Proposal:
    """The likeliest reading of a complaint. A category the citizen chose counts as evidence."""
    reading = Reading.of(rulebook.triage, title, text)
    found = list(category_evidence(rulebook.triage, reading, chosen_category))
    words = word_scores(found)
    signs = learned(rulebook.weights, reading, words)
    silent = not (words or signs.parts)
    acts = named_acts(rulebook, reading)
    alternatives = shown(ranked(rulebook, signs, words), acts)
    if silent:
        alternatives = (Alternative(rulebook.triage.fallback, 0.0),)
    police = judge_police(rulebook, reading, chosen_category)
    category = police.category or alternatives[0].category
    emergency = judge_emergency(rulebook, reading, {category, *_likely_by_words(words)})
    grade = GradeJudgement(None, 0.0)
    if police.view is not PoliceView.CERTAIN:
        grade = judge_grade(rulebook, reading, alternatives, signs, emergency=emergency.found)
    return Proposal(
        category=category,
        grade=grade.grade,
        police=police.view,
        emergency=emergency.found,
        call=emergency.call,
        confidence=1.0 if police.category else alternatives[0].confidence,
        grade_confidence=grade.confidence,
        alternatives=alternatives,
        evidence=(
            *(evidence for owner, evidence in found if owner == category),
            *signs.category_evidence(category),
            *police.evidence,
            *emergency.evidence,
            *acts.evidence,
            *grade.evidence,
        ),
    )


def _likely_by_words(words: Mapping[str, float]) -> list[str]:
    """What the rules alone would say, and what they would say next."""
    return sorted(words, key=lambda category: -words[category])[:2]
