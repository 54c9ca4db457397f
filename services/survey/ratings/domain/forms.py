"""What is asked in a rating: weighted indicators on a scale (E10, E13, U02)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.survey.ratings.domain.kinds import RatingKind
from shared.errors import Conflict, Invalid
from shared.rulebook.sections.ratings import QUARTERLY_INDICATORS
from shared.rulebook.sections.ratings import Ratings as Rules
from shared.rulebook.sections.survey import Indicator, Scale, check_indicators

Marks = Mapping[str, int]


class FormUnfit(Conflict):
    """This form cannot be used: a quarterly one has eight indicators, weights sum to 1 (E10)."""

    code = "RATING_FORM_UNFIT"
    chinese = "评议表不符合规定：季度评议须为8项指标，各项权重之和须为1。"


class MarksIncomplete(Invalid):
    """Every indicator of the form is to be marked once, on its scale."""

    code = "RATING_MARKS_INCOMPLETE"
    chinese = "请对评议表的每项指标各评一次分，分值须在规定范围内。"


@dataclass(frozen=True)
class Form:
    indicators: Sequence[Indicator]
    scale: Scale


def form_of(kind: RatingKind, rules: Rules) -> Form:
    if kind == RatingKind.QUARTERLY:
        return Form(rules.quarterly_indicators, rules.scale)
    return Form(rules.committee_indicators, rules.scale)


def refuse_unfit(kind: RatingKind, form: Form) -> None:
    """Once more when a form is put in use, whatever way it got there. Raises FormUnfit."""
    if kind == RatingKind.QUARTERLY and len(form.indicators) != QUARTERLY_INDICATORS:
        raise FormUnfit(indicators=len(form.indicators))
    try:
        check_indicators(tuple(form.indicators))
    except ValueError as unfit:
        raise FormUnfit(because=str(unfit)) from None


def refuse_incomplete(marks: Marks, form: Form) -> None:
    """Raises MarksIncomplete."""
    asked = {each.code for each in form.indicators}
    lowest, highest = form.scale.bottom, form.scale.top
    if set(marks) != asked or not all(lowest <= each <= highest for each in marks.values()):
        raise MarksIncomplete(indicators=sorted(asked), scale=[lowest, highest])
