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
    """The words of an answer; of a list the names of what was chosen. `adds` are what the rulebook
    makes of the answer instead, for the head of the complaint.
    """

    attribute: Attribute
    words: str
    adds: tuple[str, ...] = ()

    @property
    def told(self) -> str | None:
        """The answer under its label; None when there is nothing to tell. What was asked is never
        among it: a question that names a danger must not read like one.
        """
        return f"{self.attribute.label}：{self.words}" if self.words else None


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
        answer = _answer(attribute, values)
        if values and answer is not None:
            answers.append(answer)
        else:
            errors.append(_complaint(attribute, missing=not values))
    return Judged(answers, errors)


def _answer(attribute: Attribute, values: Values) -> Answered | None:
    """None when a value is not of the type."""
    if attribute.datatype in LISTS:
        return _chosen(attribute, values)
    words = [word for value in values if (word := _word(attribute, value)) is not None]
    return Answered(attribute, "、".join(words)) if len(words) == len(values) else None


def _chosen(attribute: Attribute, values: Values) -> Answered | None:
    """By key or by name."""
    known = {name: each for each in attribute.values for name in (each.key, each.name)}
    if not known.keys() >= set(values):
        return None
    options = [known[value] for value in values]
    words = "、".join(each.name for each in options if each.adds is None)
    return Answered(attribute, words, tuple(each.adds for each in options if each.adds))


def _word(attribute: Attribute, value: str) -> str | None:
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
