"""The illegal acts the letter names are never missed (B07, B17)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.routing.triage.proposal import Alternative, Evidence
from services.routing.triage.ranking import SHOWN
from services.routing.triage.reading import Reading
from shared.rulebook import Rulebook
from shared.rulebook.sections.triage import ActRule


@dataclass(frozen=True)
class NamedActs:
    """Categories by where they were found: the title decides, the text is only shown."""

    in_title: tuple[str, ...]
    in_text: tuple[str, ...]
    evidence: tuple[Evidence, ...]


def named_acts(rulebook: Rulebook, reading: Reading) -> NamedActs:
    found = [(rule, reading.words_of(rule)) for rule in rulebook.triage.acts]
    told = [(rule, words) for rule, words in found if words]
    in_title = tuple(rule.category for rule, _ in told if _in_title(rule, reading))
    return NamedActs(
        in_title,
        tuple(rule.category for rule, _ in told if rule.category not in in_title),
        tuple(Evidence(f"acts.{rule.name}", words, 0.0) for rule, words in told),
    )


def shown(ranked: Sequence[Alternative], acts: NamedActs) -> tuple[Alternative, ...]:
    """The alternatives a dispatcher reads: of the acts in the title the likeliest comes first,
    and those in the text follow, however unlikely they seemed."""
    first = next((each for each in ranked if each.category in acts.in_title), None)
    best = [each for each in ranked if each is not first][: SHOWN - (first is not None)]
    also = [each for each in ranked if each.category in (*acts.in_title, *acts.in_text)]
    together = [*([first] if first else []), *best, *also]
    return tuple(dict.fromkeys(together))


def _in_title(rule: ActRule, reading: Reading) -> bool:
    return any(word in reading.title for word in rule.words)
