"""The answer to a return visit, in the levels of the rulebook (facts 2.5)."""

from __future__ import annotations

from dataclasses import dataclass

from shared.contracts.vocabulary import Solved
from shared.errors import Invalid
from shared.rulebook.sections.survey import Satisfaction


class LevelUnknown(Invalid):
    """A level is outside the scale."""

    code = "LEVEL_UNKNOWN"
    chinese = "满意度等级不在规定范围内。"


@dataclass(frozen=True)
class Answer:
    """`process_level` is absent in answers through intake, which asks for one level."""

    solved: Solved
    result_level: int
    process_level: int | None = None
    reason: str | None = None

    @property
    def levels(self) -> tuple[int, ...]:
        given = (self.result_level, self.process_level)
        return tuple(level for level in given if level is not None)


def refuse_unknown_levels(answer: Answer, scale: Satisfaction) -> None:
    """Raises LevelUnknown."""
    known = {each.level for each in scale.levels}
    if not known.issuperset(answer.levels):
        raise LevelUnknown(known=sorted(known))
