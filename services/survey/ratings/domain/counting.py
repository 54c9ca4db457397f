"""What closing a rating comes to: whether it holds, its score, what may be shown (E10, E13).

Exact until the end, then rounded once: what is published is what is judged.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from services.survey.ratings.domain.forms import Form, Marks
from services.survey.ratings.domain.lifecycle import Invalidity, RatingAction
from services.survey.surveys.domain.disclosure import averages_to_show
from services.survey.surveys.domain.scoring import Averages, averages_of, rounded, score_of
from shared.rulebook.sections.survey import Scores


@dataclass(frozen=True)
class Count:
    """`averages` are those that may be shown; a rating that does not hold has no figures."""

    raters: int
    invalid_because: Invalidity | None
    score: Decimal | None = None
    averages: Mapping[str, Decimal] | None = None

    @property
    def action(self) -> RatingAction:
        return RatingAction.CLOSE_INVALID if self.invalid_because else RatingAction.CLOSE


def count(
    given: Sequence[Marks],
    form: Form,
    cell_at_least: int,
    scores: Scores,
    *,
    company_changed: bool = False,
) -> Count:
    """Of representatives: every one of them counts alike (E09)."""
    if company_changed:
        return Count(len(given), Invalidity.COMPANY_CHANGED)
    if len(given) < cell_at_least:
        return Count(len(given), Invalidity.FEW_RATERS)
    averages = averages_of(given, form.indicators)
    shown = averages_to_show(averages, len(given), form.scale, cell_at_least)
    return _held(len(given), averages, shown, form, scores)


def count_panel(
    given: Mapping[str, Collection[Marks]],
    weights: Mapping[str, Decimal],
    form: Form,
    cell_at_least: int,
    scores: Scores,
) -> Count:
    """Of a panel: every part counts by its weight, every member of a part alike (E13).

    Averages are shown where each part alone is a cell: otherwise those of one part, which weigh
    more than those of a larger one, could be told apart.
    """
    raters = sum(map(len, given.values()))
    if not all(given.get(part) for part in weights):
        return Count(raters, Invalidity.PART_MISSING)
    averages = panel_averages(given, weights, form)
    smallest = min(len(given[part]) for part in weights)
    shown = averages_to_show(averages, smallest, form.scale, cell_at_least)
    return _held(raters, averages, shown, form, scores)


def panel_averages(
    given: Mapping[str, Collection[Marks]], weights: Mapping[str, Decimal], form: Form
) -> Averages:
    """Per indicator the weighted mean of the means of the parts."""
    parts = {part: averages_of(list(given[part]), form.indicators) for part in weights}
    return {
        each.code: sum(
            (parts[part][each.code] * Fraction(weight) for part, weight in weights.items()),
            Fraction(),
        )
        for each in form.indicators
    }


def _held(
    raters: int, averages: Averages, shown: Averages | None, form: Form, scores: Scores
) -> Count:
    score = rounded(score_of(averages, form.indicators, form.scale.top), scores)
    cells = None
    if shown is not None:
        cells = {code: rounded(each, scores) for code, each in shown.items()}
    return Count(raters, None, score, cells)
