"""Rules that propose what a complaint is about; a person may always change it (T09, B02, X31)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from shared.rulebook.section import Section, frozen
from shared.rulebook.vocabulary import Grade

INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")
GAP_AFTER_NONE = re.compile(r"(?<=没有)\s+|(?<=没有人)\s+")


def plain(text: str) -> str:
    """Text without gaps and line breaks, in which words lie whole, and in ordinary width.

    A gap after 没有 becomes a comma: 灭火器也没有 着火了 denies no fire.
    """
    seen = INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return "".join(GAP_AFTER_NONE.sub("，", seen).split())


class KeywordRule(Section):
    """Counts when one of `words` occurs, if one of `with_any` does and none of `unless`.

    Inside a phrase of `but_not` a word does not count: 被打扰 is not 被打. Nor does it right after
    one of `denied_by`: 没有着火. But 有没有着火 asks, and denies nothing.
    """

    words: tuple[str, ...] = Field(min_length=1)
    with_any: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()

    def words_in(self, text: str) -> tuple[str, ...]:
        """The words found, or nothing when the conditions are not met."""
        if self.with_any and not any(word in text for word in self.with_any):
            return ()
        if any(word in text for word in self.unless):
            return ()
        found = tuple(word for word in self.words if word in text)
        if not found:
            return ()
        text = self.countable(text)
        return tuple(word for word in found if word in text)

    def countable(self, text: str) -> str:
        """The text without the phrases in which a word does not count."""
        for phrase in self.but_not:
            text = text.replace(phrase, "\n")
        if not self.denied_by:
            return text
        return _denials(self.denied_by, self.words).sub("\n", text)


@lru_cache(maxsize=64)
def _denials(denied_by: tuple[str, ...], words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(f"(?<!有)(?<!不是)(?<!并非)(?:{_any_of(denied_by)})(?:{_any_of(words)})")


def _any_of(words: Iterable[str]) -> str:
    """The longest first, so that nothing of a word is left over."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


class WeightedRule(KeywordRule):
    """A negative weight speaks against the category."""

    weight: float


class PoliceRule(KeywordRule):
    """`certain` refuses with the 110 hint when found at the head (B02); else a flag (X13)."""

    name: str
    category: str
    certain: bool = False


class EmergencyRule(KeywordRule):
    """Danger now, told at the head of the text: `call` is shown before the form (X31).

    With `categories`, it counts for those alone, and wherever in the text it is told.
    """

    name: str
    call: tuple[str, ...]
    categories: tuple[str, ...] = ()


class ActRule(KeywordRule):
    """An illegal act the letter names (B17): in the title it decides, in the text it is shown."""

    name: str
    category: str


class RaiseRule(KeywordRule):
    """Words that raise the usual grade of the named categories (facts 2.9, "Up")."""

    name: str
    categories: tuple[str, ...]
    to: Grade


class Triage(Section):
    """How words are weighed, and which weights have been learned from letters.

    A word in the title weighs `title_factor`, in the text once per occurrence up to `repeat_cap`.
    `rules_weight` is what the logarithm of such a score counts beside the learned weights of
    `model`, a file in the folder `weights` beside this one; without it the words decide alone.
    When nothing at all counts, the fallback is proposed. `head_characters` of the text, with the
    title, are read as what is happening now. Beside the learned weights for grades,
    `usual_grades_weight` is what the usual grades of all likely categories count, and
    `usual_grade_bonus` what that of the likeliest has in advance.
    """

    model: str | None = Field(default=None, pattern=r"^[0-9A-Za-z][0-9A-Za-z.-]*$")
    rules_weight: float = Field(gt=0)
    usual_grades_weight: float = Field(ge=0)
    usual_grade_bonus: float = Field(ge=0)
    title_factor: float
    repeat_cap: int
    chosen_weight: float
    head_characters: int
    fallback: str
    categories: Annotated[Mapping[str, tuple[WeightedRule, ...]], AfterValidator(frozen)]
    police: tuple[PoliceRule, ...]
    emergency: tuple[EmergencyRule, ...]
    acts: tuple[ActRule, ...]
    raises: tuple[RaiseRule, ...]

    def head_of(self, title: str, text: str) -> str:
        """What is happening now: the title and the beginning of the text."""
        return f"{plain(title)}\n{plain(text)[: self.head_characters]}"

    @model_validator(mode="after")
    def names_are_unique(self) -> Triage:
        for rules in (self.police, self.emergency, self.acts, self.raises):
            if len({rule.name for rule in rules}) < len(rules):
                raise ValueError("two triage rules have the same name")
        return self
