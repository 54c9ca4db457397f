"""A complaint as triage reads it, and whether a keyword rule applies to it."""

from __future__ import annotations

from dataclasses import dataclass

from shared.rulebook.sections.triage import KeywordRule


@dataclass(frozen=True)
class Reading:
    """`head` is the title and the beginning of the text: what is happening now stands there."""

    title: str
    text: str
    head: str

    @classmethod
    def of(cls, title: str, text: str, head_characters: int) -> Reading:
        return cls(title, text, f"{title}\n{text[:head_characters]}")

    def words_of(self, rule: KeywordRule) -> tuple[str, ...]:
        """The words of `rule` anywhere, or nothing when its conditions are not met."""
        return self._found(rule, f"{self.title}\n{self.text}")

    def head_words_of(self, rule: KeywordRule) -> tuple[str, ...]:
        """The same, looking only at the head."""
        return self._found(rule, self.head)

    def _found(self, rule: KeywordRule, where: str) -> tuple[str, ...]:
        if rule.with_any and not any(word in where for word in rule.with_any):
            return ()
        if any(word in where for word in rule.unless):
            return ()
        return tuple(word for word in rule.words if word in where)
