"""Keyword rules that propose a category; a person may always change it (T09, B02, X31)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from shared.rulebook.section import Section, frozen
from shared.rulebook.vocabulary import Grade


class KeywordRule(Section):
    """Counts when one of `words` occurs, if one of `with_any` does and none of `unless`.

    A negative weight speaks against the category.
    """

    words: tuple[str, ...] = Field(min_length=1)
    with_any: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class WeightedRule(KeywordRule):
    weight: float


class PoliceRule(KeywordRule):
    """`certain` refuses with the 110 hint when found at the head (B02); else a flag (X13)."""

    name: str
    category: str
    certain: bool = False


class EmergencyRule(KeywordRule):
    """Danger now, told at the head of the text: `call` is shown before the form (X31)."""

    name: str
    call: tuple[str, ...]


class RaiseRule(KeywordRule):
    """Words that raise the usual grade of the named categories (facts 2.9, "Up")."""

    name: str
    categories: tuple[str, ...]
    to: Grade


class Triage(Section):
    """How words are weighed.

    A word in the title weighs `title_factor`, in the text once per occurrence up to `repeat_cap`.
    Below `least_score` the fallback is proposed. `head_characters` of the text, with the title,
    are read as what is happening now.
    """

    title_factor: float
    repeat_cap: int
    least_score: float
    chosen_weight: float
    head_characters: int
    fallback: str
    categories: Annotated[Mapping[str, tuple[WeightedRule, ...]], AfterValidator(frozen)]
    police: tuple[PoliceRule, ...]
    emergency: tuple[EmergencyRule, ...]
    raises: tuple[RaiseRule, ...]

    @model_validator(mode="after")
    def names_are_unique(self) -> Triage:
        for rules in (self.police, self.emergency, self.raises):
            if len({rule.name for rule in rules}) < len(rules):
                raise ValueError("two triage rules have the same name")
        return self
