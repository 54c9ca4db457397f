"""The answer to a return visit, in the levels of the rulebook (facts 2.5)."""

from __future__ import annotations

from dataclasses import dataclass

from shared.contracts.vocabulary import Solved
from shared.errors import Invalid
from shared.rulebook.sections.survey import Satisfaction
from shared.rulebook.sections.visits import ReturnVisits


class LevelUnknown(Invalid):
    """A level is outside the scale."""

    code = "LEVEL_UNKNOWN"
    chinese = "满意度等级不在规定范围内。"


class ReasonUnknown(Invalid):
    """A reason is not on the list."""

    code = "REASON_UNKNOWN"
    chinese = "评价原因不在规定范围内。"


class ReasonWordsMissing(Invalid):
    """This reason says nothing without words of one's own."""

    code = "REASON_WORDS_MISSING"
    chinese = "选择该原因时，请用文字说明。"


@dataclass(frozen=True)
class Answer:
    """`process_level` is absent in answers through intake, which asks for one level.

    `reasons` are codes of the rulebook, `reason` is in the owner's words.
    """

    solved: Solved
    result_level: int
    process_level: int | None = None
    reasons: tuple[str, ...] = ()
    reason: str | None = None

    @property
    def why(self) -> str | None:
        """A code is reason enough (T32); None where nothing was said (X34)."""
        return self.reason or next(iter(self.reasons), None)

    @property
    def levels(self) -> tuple[int, ...]:
        given = (self.result_level, self.process_level)
        return tuple(level for level in given if level is not None)


def refuse_unknown_levels(answer: Answer, scale: Satisfaction) -> None:
    """Raises LevelUnknown."""
    known = {each.level for each in scale.levels}
    if not known.issuperset(answer.levels):
        raise LevelUnknown(known=sorted(known))


def refuse_strange_reasons(answer: Answer, rules: ReturnVisits) -> None:
    """Raises ReasonUnknown or ReasonWordsMissing."""
    found = [rules.reason(code) for code in answer.reasons]
    if None in found:
        raise ReasonUnknown(known=[each.code for each in rules.reasons])
    if answer.reason is None and any(each and each.words_needed for each in found):
        raise ReasonWordsMissing
