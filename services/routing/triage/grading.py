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


@dataclass(frozen=True)
class Demand:
    """A grade that a rule asks for, at least."""

    grade: Grade
    evidence: Evidence


def judge_grade(
    rulebook: Rulebook,
    reading: Reading,
    alternatives: tuple[Alternative, ...],
    learned: Learned,
    *,
    emergency: bool,
) -> GradeJudgement:
    """The usual grade of the first alternative, raised by what letters taught and by the rules."""
    category = alternatives[0].category
    usual = rulebook.category(category).grade
    assert usual is not None, "police matters have no alternatives"
    shares = shares_of(_scores(rulebook, usual, alternatives, learned))
    likeliest = max(Grade, key=lambda grade: (shares[grade], RANK[grade]))
    demands = list(_demands(rulebook, category, reading, emergency=emergency))
    demanded = [each.grade for each in demands]
    grade = max((usual, likeliest, *demanded), key=RANK.__getitem__)
    confidence = 1.0 if grade in demanded else shares[grade]
    raised = [each.evidence for each in demands if each.grade is grade]
    learned_raise = learned.grade_evidence(likeliest) if grade is likeliest is not usual else []
    return GradeJudgement(grade, confidence, (*learned_raise, *raised))


def _scores(
    rulebook: Rulebook, usual: Grade, alternatives: Iterable[Alternative], learned: Learned
) -> dict[str, float]:
    """What letters taught, beside the usual grades of all likely categories and of the first."""
    shares = dict.fromkeys(Grade, NEVER_RULED_OUT)
    for each in alternatives:
        grade = rulebook.category(each.category).grade
        if grade is not None:
            shares[grade] += each.confidence
    weight = rulebook.triage.usual_grades_weight
    scores: dict[str, float] = {
        grade: learned.grades[grade] + weight * log(shares[grade]) for grade in Grade
    }
    scores[usual] += rulebook.triage.usual_grade_bonus
    return scores


def _demands(
    rulebook: Rulebook, category: str, reading: Reading, *, emergency: bool
) -> Iterator[Demand]:
    """What the learned weights cannot go below: an emergency, and the "Up" triggers."""
    if emergency:
        yield Demand(Grade.MAJOR, Evidence("raises.emergency", (), 0.0))
    for rule in rulebook.triage.raises:
        if category in rule.categories and (words := reading.words_of(rule)):
            yield Demand(rule.to, Evidence(f"raises.{rule.name}", words, 0.0))
