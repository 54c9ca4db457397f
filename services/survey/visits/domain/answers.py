"""What an answer means: whether it is good, and whether it asks for more (facts 2.5, T32, X34)."""

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


def refuse_unknown_levels(answer: Answer, scale: Satisfaction) -> None:
    """Raises LevelUnknown."""
    known = {each.level for each in scale.levels}
    if answer.result_level not in known or answer.process_level not in known | {None}:
        raise LevelUnknown(known=sorted(known))


def is_positive(level: int, scale: Satisfaction) -> bool:
    return level >= scale.positive_from


def asks_to_reopen(answer: Answer, scale: Satisfaction) -> bool:
    """Not solved asks for more; a bad level does so with a reason, else it only counts (X34)."""
    if answer.solved is Solved.NO:
        return True
    levels = [level for level in (answer.result_level, answer.process_level) if level is not None]
    return bool(answer.reason) and not all(is_positive(level, scale) for level in levels)
