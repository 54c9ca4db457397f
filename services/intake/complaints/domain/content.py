"""What a complaint must say to be taken (T01), and what it must not wait for (X31)."""

from __future__ import annotations

from collections.abc import Sequence

from shared.errors import Invalid
from shared.rulebook import Rulebook

POLICE = "110"


class TextTooShort(Invalid):
    """Please describe the problem in a few more words; `at_least` says how many characters."""

    code = "TEXT_TOO_SHORT"
    chinese = "问题描述过短，请补充说明。"


class CategoryUnknown(Invalid):
    """There is no such category in the rulebook."""

    code = "CATEGORY_UNKNOWN"
    chinese = "没有这个诉求类别。"


def check_content(rulebook: Rulebook, text: str, category: str | None, *, urgent: bool) -> None:
    """Raises TextTooShort or CategoryUnknown. Nobody in danger has to find more words."""
    if category is not None and category not in rulebook.categories:
        raise CategoryUnknown
    at_least = rulebook.intake.text_characters_at_least
    if len(text) < at_least and not urgent:
        raise TextTooShort(at_least=at_least)


def emergency_calls(rulebook: Rulebook, title: str, text: str) -> tuple[str, ...]:
    """The numbers to call at once when title and beginning of the text tell of danger now."""
    head = rulebook.triage.head_of(title, text)
    for rule in rulebook.triage.emergency:
        if not rule.categories and rule.words_in(head):
            return rule.call
    return ()


def with_police(rulebook: Rulebook, category: str | None, calls: Sequence[str]) -> Sequence[str]:
    """The police as well for who says that it is their matter (B02)."""
    is_theirs = category in rulebook.categories and rulebook.category(str(category)).police
    return [*calls, POLICE] if is_theirs and POLICE not in calls else calls


def title_of(title: str | None, text: str, characters: int = 20) -> str:
    """The given title, else the beginning of the text."""
    if title:
        return title
    return text if len(text) <= characters else f"{text[: characters - 1]}…"
