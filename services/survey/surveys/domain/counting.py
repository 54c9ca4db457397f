"""What closing a survey comes to: whether it holds, and its score (E03, E04)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from services.survey.surveys.domain.answers import Levels
from services.survey.surveys.domain.disclosure import averages_to_show
from services.survey.surveys.domain.lifecycle import Invalidity, SurveyAction
from services.survey.surveys.domain.scoring import averages_of, rounded, score_of, share_of
from shared.rulebook.sections.survey import Scores
from shared.rulebook.sections.survey import Survey as Rules


@dataclass(frozen=True)
class Count:
    """`averages` are those that may be shown; a survey that does not hold has no score."""

    households: int
    visited: int
    answers: int
    coverage: Decimal
    invalid_because: Invalidity | None
    score: Decimal | None = None
    averages: Mapping[str, Decimal] | None = None

    @property
    def action(self) -> SurveyAction:
        return SurveyAction.CLOSE_INVALID if self.invalid_because else SurveyAction.CLOSE


def count(
    households: int,
    visited: int,
    answers: Sequence[Levels],
    rules: Rules,
    scores: Scores,
    *,
    company_changed: bool = False,
) -> Count:
    """The coverage is rounded first and then compared, so that what is published is judged."""
    coverage = rounded(share_of(visited, households), scores)
    because = _invalidity(coverage, len(answers), rules)
    if company_changed:
        because = Invalidity.COMPANY_CHANGED
    if because is not None:
        return Count(households, visited, len(answers), coverage, because)
    averages = averages_of(answers, rules.dimensions)
    score = rounded(score_of(averages, rules.dimensions, rules.scale_top), scores)
    shown = averages_to_show(averages, len(answers), rules.scale, rules.cell_at_least)
    cells = None
    if shown is not None:
        cells = {code: rounded(each, scores) for code, each in shown.items()}
    return Count(households, visited, len(answers), coverage, None, score, cells)


def _invalidity(coverage: Decimal, answers: int, rules: Rules) -> Invalidity | None:
    if coverage < rules.offline_coverage_at_least:
        return Invalidity.COVERAGE
    if answers < rules.cell_at_least:
        return Invalidity.FEW_ANSWERS
    return None
