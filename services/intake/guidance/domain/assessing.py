"""What a text that is not sent yet sounds like: whom to call, a police matter, a category.

Routing judges what is filed, with learned weights beside these words; this is only a hint while
somebody types (X31, B02, T05).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from services.intake.complaints.domain.content import emergency_calls
from shared.contracts.vocabulary import RefusalReason
from shared.rulebook import Rulebook
from shared.rulebook.sections.triage import EmergencyRule, plain


@dataclass(frozen=True)
class Assessment:
    """`police` will not be accepted here; `call` is to be rung at once; `categories` are codes,
    the likeliest first.
    """

    call: tuple[str, ...]
    police: bool
    categories: tuple[str, ...]


def assess(rulebook: Rulebook, title: str, text: str, category: str | None) -> Assessment:
    return Assessment(
        call=_calls(rulebook, title, text, category),
        police=_is_for_the_police(rulebook, title, text, category),
        categories=_likely(rulebook, title, text),
    )


def police_hint(rulebook: Rulebook) -> str:
    """The words of the refusal, told before it comes to one (B02)."""
    reasons = {each.code: each.chinese for each in rulebook.intake.not_accepted_reasons}
    return reasons[RefusalReason.POLICE]


def dangers(rulebook: Rulebook) -> Iterator[EmergencyRule]:
    """Those that any text may tell of, whatever its category."""
    return (rule for rule in rulebook.triage.emergency if not rule.categories)


def _calls(rulebook: Rulebook, title: str, text: str, category: str | None) -> tuple[str, ...]:
    anywhere = emergency_calls(rulebook, title, text)
    if anywhere or category is None:
        return anywhere
    words = f"{plain(title)}\n{plain(text)}"
    for rule in rulebook.triage.emergency:
        if category in rule.categories and rule.words_in(words):
            return rule.call
    return ()


def _is_for_the_police(rulebook: Rulebook, title: str, text: str, category: str | None) -> bool:
    """What routing would refuse with certainty (T05); what is unclear is accepted first (X13)."""
    chosen = rulebook.categories.get(category or "")
    if chosen is not None and chosen.police:
        return True
    head = rulebook.triage.head_of(title, text)
    return any(rule.certain and rule.words_in(head) for rule in rulebook.triage.police)


def _likely(rulebook: Rulebook, title: str, text: str) -> tuple[str, ...]:
    triage, title, text = rulebook.triage, plain(title), plain(text)
    scores = {
        code: sum(
            rule.weight
            * (len(rule.words_in(text)) + triage.title_factor * len(rule.words_in(title)))
            for rule in rules
        )
        for code, rules in triage.categories.items()
    }
    found = sorted((code for code in scores if scores[code] > 0), key=lambda c: (-scores[c], c))
    return tuple(found[: rulebook.following.suggested_categories])
