"""What a changed set of rules would have done to past cases: counted, with some numbers to look at.

Both sides are decided with the directory of today, so that only the rules make the difference.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from uuid import UUID

from services.routing.cases.domain.assigning import Draft, NoUnitForPlace, Surroundings
from services.routing.dispatching.domain.deciding import Guide, decide
from services.routing.dispatching.domain.rules import Facts
from shared.rulebook import Rulebook

SAMPLES = 20
NOBODY = "NOBODY"


@dataclass(frozen=True)
class PastCase:
    number: str
    facts: Facts
    parties: frozenset[UUID]


@dataclass
class Tally:
    """`moves` count kinds of leads, before and after; `rules` count cases and changes by what
    would decide them: a rule of the tried set by its position, anything else as None.
    """

    cases: int = 0
    changed: int = 0
    moves: Counter[tuple[str, str]] = field(default_factory=Counter)
    matched: Counter[int] = field(default_factory=Counter)
    changed_by: Counter[int | None] = field(default_factory=Counter)
    samples: list[str] = field(default_factory=list)

    def count(
        self, case: PastCase, before: Draft | None, after: Draft | None, by: int | None
    ) -> None:
        self.cases += 1
        if by is not None:
            self.matched[by] += 1
        if _who(before) == _who(after):
            return
        self.changed += 1
        self.changed_by[by] += 1
        self.moves[_kind(before), _kind(after)] += 1
        if len(self.samples) < SAMPLES:
            self.samples.append(case.number)


@dataclass(frozen=True)
class Trial:
    """The guides that hold now and those with the tried set in its place; `set_id` is the tried."""

    rulebook: Rulebook
    set_id: UUID

    def run(
        self, tally: Tally, case: PastCase, around: Surroundings, now: Guide, tried: Guide
    ) -> None:
        before = self._lead(case, around, now)
        after = self._lead(case, around, tried)
        tally.count(case, before, after, self._rule(after))

    def _lead(self, case: PastCase, around: Surroundings, guide: Guide) -> Draft | None:
        try:
            return decide(self.rulebook, guide, case.facts, around, case.parties)[0]
        except NoUnitForPlace:
            return None

    def _rule(self, lead: Draft | None) -> int | None:
        """The position of the tried set's rule that chose this lead."""
        kind, _, rest = (lead.chosen_by if lead else "").partition(":")
        set_id, _, position = rest.partition(":")
        return int(position) if kind == "rule" and set_id == str(self.set_id) else None


def _who(lead: Draft | None) -> UUID | None:
    return lead.organisation_id if lead else None


def _kind(lead: Draft | None) -> str:
    return lead.kind if lead else NOBODY
