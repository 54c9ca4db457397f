"""How alike what is being written is to what neighbours have reported (X09).

This only decides what is offered before filing. What becomes one case, routing proposes by its own
measure and a dispatcher decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.rulebook.sections.following import Similar
from shared.rulebook.sections.triage import plain

Pairs = Set[str]


@dataclass(frozen=True)
class Wanted:
    """What is being written."""

    pairs: Pairs
    category: str | None
    building_id: UUID | None


@dataclass(frozen=True)
class Reported:
    """An open complaint of somebody else. `pairs` are empty where its words are nobody's to
    compare with.
    """

    complaint_id: UUID
    case_id: UUID
    household: UUID | None
    pairs: Pairs
    category: str | None
    building_id: UUID | None
    at: datetime


@dataclass(frozen=True)
class Problem:
    """The complaints of one case; `first` is the oldest of them."""

    first: Reported
    voices: tuple[Reported, ...]
    score: float

    @property
    def households(self) -> int:
        """Somebody without a known home counts as one."""
        known = {each.household for each in self.voices if each.household is not None}
        return len(known) + sum(each.household is None for each in self.voices)


def pairs_of(*texts: str | None) -> Pairs:
    """The pairs of neighbouring characters: words of Chinese have two or more."""
    found = set()
    for text in texts:
        whole = plain(text or "")
        found |= {whole[place : place + 2] for place in range(len(whole) - 1)}
    return found


def overlap(one: Pairs, other: Pairs) -> float:
    """The share of the shorter text that stands in the other; 0 without words."""
    if not one or not other:
        return 0.0
    return len(one & other) / min(len(one), len(other))


def score(wanted: Wanted, reported: Reported, rules: Similar) -> float:
    same_category = wanted.category is not None and wanted.category == reported.category
    same_building = wanted.building_id is not None and wanted.building_id == reported.building_id
    return (
        rules.wording * overlap(wanted.pairs, reported.pairs)
        + rules.category * same_category
        + rules.building * same_building
    )


def problems(wanted: Wanted, reported: Iterable[Reported], rules: Similar) -> Sequence[Problem]:
    """By case, the likeliest first, as many as are shown."""
    by_case: dict[UUID, list[Reported]] = {}
    for each in reported:
        by_case.setdefault(each.case_id, []).append(each)
    found = [_problem(wanted, voices, rules) for voices in by_case.values()]
    alike = [each for each in found if each.score >= rules.shown_from]
    alike.sort(key=lambda each: (-each.score, each.first.at, each.first.complaint_id))
    return alike[: rules.shown_at_most]


def _problem(wanted: Wanted, voices: Sequence[Reported], rules: Similar) -> Problem:
    first = min(voices, key=lambda each: (each.at, each.complaint_id))
    return Problem(first, tuple(voices), max(score(wanted, each, rules) for each in voices))
