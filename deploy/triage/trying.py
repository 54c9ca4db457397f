"""What a change of rules or weights would do to complaints, before it takes effect."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from deploy.triage.letters import Words
from services.routing.triage.proposal import PoliceView, Proposal
from services.routing.triage.propose import propose
from shared.rulebook import Rulebook

EXAMPLES = 3  # ids per change
REFUSED = "REFUSED"

Change = tuple[str, str]


@dataclass
class Difference:
    """Of one aspect: how many complaints change from what to what, with a few of their ids."""

    changes: Counter[Change] = field(default_factory=Counter)
    examples: dict[Change, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def changed(self) -> int:
        return self.changes.total()

    def note(self, id_: str, old: str, new: str) -> None:
        if old == new:
            return
        self.changes[old, new] += 1
        if len(self.examples[old, new]) < EXAMPLES:
            self.examples[old, new].append(id_)


@dataclass
class Outcome:
    complaints: int = 0
    aspects: dict[str, Difference] = field(default_factory=lambda: defaultdict(Difference))


def compare(present: Rulebook, candidate: Rulebook, complaints: Iterable[Words]) -> Outcome:
    outcome = Outcome()
    for complaint in complaints:
        outcome.complaints += 1
        old = _aspects(present, propose(present, complaint.title, complaint.text))
        new = _aspects(candidate, propose(candidate, complaint.title, complaint.text))
        for aspect, before in old.items():
            outcome.aspects[aspect].note(complaint.id, before, new[aspect])
    return outcome


def _aspects(rulebook: Rulebook, proposal: Proposal) -> dict[str, str]:
    """The handler is that of the due matrix (lifecycle 3.4); the police's are nobody's."""
    grade = proposal.grade
    refused = grade is None or proposal.police is PoliceView.CERTAIN
    return {
        "category": proposal.category,
        "grade": REFUSED if grade is None else grade.value,
        "handler": REFUSED if grade is None or refused else rulebook.grades[grade].handler.value,
        "police": proposal.police.value,
        "emergency": "yes" if proposal.emergency else "no",
    }
