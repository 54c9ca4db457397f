"""How good proposals are, against labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from deploy.triage.letters import Letter
from services.routing.triage.proposal import PoliceView, Proposal

Judged = Sequence[tuple[Letter, Proposal]]


@dataclass(frozen=True)
class Hits:
    """Of a yes-or-no question: how many were right, said and labelled."""

    right: int
    said: int
    labelled: int

    @property
    def precision(self) -> float:
        return self.right / self.said if self.said else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.labelled if self.labelled else 1.0


@dataclass(frozen=True)
class Quality:
    """Shares from 0 to 1. What `also` lists counts as right, for the category."""

    top1: float
    top3: float
    grade: float
    police: Hits
    emergency: Hits
    confusion: Counter[tuple[str, str]]
    grades: Counter[tuple[str, str]]

    def figures(self) -> dict[str, float]:
        shares = {
            "top1": self.top1,
            "top3": self.top3,
            "grade": self.grade,
            "police_recall": self.police.recall,
            "police_precision": self.police.precision,
            "emergency_recall": self.emergency.recall,
            "emergency_precision": self.emergency.precision,
        }
        return {name: round(share, 4) for name, share in shares.items()}


def quality(judged: Judged) -> Quality:
    """A refused police matter has no grade, and none is then right."""
    return Quality(
        top1=_share(judged, lambda letter, proposal: proposal.category in letter.accepted),
        top3=_share(judged, _among_three),
        grade=_share(judged, lambda letter, proposal: proposal.grade == letter.grade),
        police=_hits([(p.police is not PoliceView.NO, letter.police) for letter, p in judged]),
        emergency=_hits([(p.emergency, letter.emergency) for letter, p in judged]),
        confusion=Counter(
            (letter.category, proposal.category)
            for letter, proposal in judged
            if proposal.category not in letter.accepted
        ),
        grades=Counter((letter.grade, proposal.grade or "—") for letter, proposal in judged),
    )


def _among_three(letter: Letter, proposal: Proposal) -> bool:
    first = {proposal.category, *(each.category for each in proposal.alternatives[:3])}
    return not first.isdisjoint(letter.accepted)


def _share(judged: Judged, right: Callable[[Letter, Proposal], bool]) -> float:
    return sum(right(*each) for each in judged) / len(judged) if judged else 0.0


def _hits(answers: Sequence[tuple[bool, bool]]) -> Hits:
    return Hits(
        right=sum(said and labelled for said, labelled in answers),
        said=sum(said for said, _ in answers),
        labelled=sum(labelled for _, labelled in answers),
    )
