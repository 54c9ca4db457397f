"""A complaint as triage reads it."""

from __future__ import annotations

from dataclasses import dataclass

from shared.rulebook.sections.triage import KeywordRule, Triage, plain


@dataclass(frozen=True)
class Reading:
    """`head` is the title and the beginning of the text: what is happening now stands there."""

    title: str
    text: str
    head: str
    whole: str

    @classmethod
    def of(cls, rules: Triage, title: str, text: str) -> Reading:
        title, head, text = plain(title), rules.head_of(title, text), plain(text)
        return cls(title, text, head, f"{title}\n{text}")

    def words_of(self, rule: KeywordRule) -> tuple[str, ...]:
        """The words of `rule` anywhere, or nothing when its conditions are not met."""
        return rule.words_in(self.whole)

    def head_words_of(self, rule: KeywordRule) -> tuple[str, ...]:
        """The same, looking only at the head."""
        return rule.words_in(self.head)
