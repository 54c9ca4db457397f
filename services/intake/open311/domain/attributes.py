"""What a service asks beyond its description, and whether the answers are of its types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

from services.intake.open311.domain.fields import Values
from services.intake.open311.domain.moments import moment_of
from shared.rulebook.sections.open311 import LISTS, Attribute, Datatype


@dataclass(frozen=True)
class Answered:
    """The words of an answer; of a list the names of what was chosen."""

    attribute: Attribute
    words: str

    def __str__(self) -> str:
        return f"{self.attribute.description}{self.words}"


@dataclass(frozen=True)
class Judged:
    answers: Sequence[Answered]
    errors: Sequence[str]


def judge(asked: Sequence[Attribute], given: Mapping[str, Values]) -> Judged:
    """Answers to what is not asked are not refused: other projects ask other things."""
    answers, errors = [], []
    for attribute in asked:
        values = given.get(attribute.code, ())
        if not attribute.variable or not (values or attribute.required):
            continue
        words = [word for value in values if (word := _word(attribute, value)) is not None]
        if values and len(words) == len(values):
            answers.append(Answered(attribute, "、".join(words)))
        else:
            errors.append(_complaint(attribute, missing=not values))
    return Judged(answers, errors)


def _word(attribute: Attribute, value: str) -> str | None:
    """None for a value that is not of the type."""
    if attribute.datatype in LISTS:
        chosen = (each.name for each in attribute.values if value in (each.key, each.name))
        return next(chosen, None)
    if attribute.datatype is Datatype.NUMBER:
        return value if _is_number(value) else None
    if attribute.datatype is Datatype.DATETIME:
        return value if _is_moment(value) else None
    return value


def _is_number(value: str) -> bool:
    try:
        return isfinite(float(value))
    except ValueError:
        return False


def _is_moment(value: str) -> bool:
    try:
        moment_of(value)
    except (ValueError, OverflowError):
        return False
    return True


def _complaint(attribute: Attribute, *, missing: bool) -> str:
    code = attribute.code
    if missing:
        return f"缺少 attribute[{code}]：{attribute.description} attribute[{code}] is required."
    kind = attribute.datatype
    return f"attribute[{code}] 的值不符合类型 {kind}。 attribute[{code}] is not a valid {kind}."
