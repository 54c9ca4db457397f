"""How serious a complaint seems: learned from letters, and never below what the rules demand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import log

from services.routing.cases.domain.grading import RANK
from services.routing.triage.learned import Learned
from services.routing.triage.proposal import Alternative, Evidence
from services.routing.triage.ranking import shares_of
from services.routing.triage.reading import Reading
from shared.rulebook import Grade, Rulebook

NEVER_RULED_OUT = 0.05  # a grade that no likely category usually has may still be right


@dataclass(frozen=True)
class GradeJudgement:
    grade: Grade | None
    confidence: float
    evidence: tuple[Evidence, ...] = ()


def judge_grade(
    rulebook: Rulebook,
    reading: Reading,
    alternatives: tuple[Alternative, ...],
    learned: Learned,
    *,
    emergency: bool,
) -> GradeJudgement:
    """The likeliest grade of the first alternative, raised by the rules (facts 2.9, "Up")."""
    category = alternatives[0].category
    usual = rulebook.category(category).grade
    assert usual is not None, "police matters have no alternatives"
    shares = shares_of(_scores(rulebook, alternatives, learned))
    likeliest = max(Grade, key=lambda grade: (shares[grade], RANK[grade]))
    evidence = learned.grade_evidence(likeliest) if likeliest is not usual else []
    demands = list(_demands(rulebook, category, usual, reading, emergency=emergency))
    grade = max((likeliest, *(demanded for demanded, _ in demands)), key=RANK.__getitem__)
    evidence += [each for demanded, each in demands if demanded is grade and each is not None]
    return GradeJudgement(grade, _confidence(grade, likeliest, shares[grade]), tuple(evidence))


def _scores(
    rulebook: Rulebook, alternatives: Iterable[Alternative], learned: Learned
) -> dict[str, float]:
    usual = dict.fromkeys(Grade, NEVER_RULED_OUT)
    for each in alternatives:
        grade = rulebook.category(each.category).grade
        if grade is not None:
            usual[grade] += each.confidence
    weight = rulebook.triage.usual_grade_weight
    return {grade: learned.grades[grade] + weight * log(usual[grade]) for grade in Grade}


def _demands(
    rulebook: Rulebook, category: str, usual: Grade, reading: Reading, *, emergency: bool
) -> Iterator[tuple[Grade, Evidence | None]]:
    """What the model cannot go below: emergencies, "Up" triggers, categories that are MAJOR."""
    if emergency:
        yield Grade.MAJOR, None
    if usual is Grade.MAJOR:
        yield usual, None
    for rule in rulebook.triage.raises:
        if category in rule.categories and (words := reading.words_of(rule)):
            yield rule.to, Evidence(f"raises.{rule.name}", words, 0.0)


def _confidence(grade: Grade, likeliest: Grade, share: float) -> float:
    """What a rule demands is certain; the rest is as likely as the letters say."""
    return share if grade is likeliest else 1.0
