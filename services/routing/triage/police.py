"""Whether a complaint is for the police: certain, to be checked, or not (B02, X13)."""

from __future__ import annotations

from dataclasses import dataclass

from services.routing.triage.proposal import Evidence, PoliceView
from services.routing.triage.reading import Reading
from shared.rulebook import Rulebook


@dataclass(frozen=True)
class PoliceJudgement:
    """`category` is set only when the view is certain."""

    view: PoliceView
    category: str | None = None
    evidence: tuple[Evidence, ...] = ()


def judge_police(
    rulebook: Rulebook, reading: Reading, chosen_category: str | None
) -> PoliceJudgement:
    """Refuses only plain words at the head or the citizen's own tick; the rest is checked."""
    if chosen_category in _police_categories(rulebook):
        chosen = Evidence("police.chosen", (), 0.0)
        return PoliceJudgement(PoliceView.CERTAIN, chosen_category, (chosen,))
    evidence = []
    for rule in rulebook.triage.police:
        if not (words := reading.words_of(rule)):
            continue
        evidence.append(Evidence(f"police.{rule.name}", words, 0.0))
        if rule.certain and reading.head_words_of(rule):
            return PoliceJudgement(PoliceView.CERTAIN, rule.category, tuple(evidence))
    return PoliceJudgement(PoliceView.CHECK if evidence else PoliceView.NO, None, tuple(evidence))


def _police_categories(rulebook: Rulebook) -> set[str]:
    return {code for code, category in rulebook.categories.items() if category.police}
