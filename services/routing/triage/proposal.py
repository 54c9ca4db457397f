"""What triage proposes, with the evidence a dispatcher can check."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from shared.rulebook import Grade


class PoliceView(StrEnum):
    """How sure the rules are that the police should act."""

    NO = "NO"
    CHECK = "CHECK"  # accepted, flagged `police_check` (X13)
    CERTAIN = "CERTAIN"  # not accepted, 110 hint (B02)


@dataclass(frozen=True)
class Evidence:
    """A rule that counted: its name in the rulebook, the words found, the weight given."""

    rule: str
    words: tuple[str, ...]
    weight: float


@dataclass(frozen=True)
class Proposal:
    """`confidence` is the winner's share of all scores, 0 for the fallback, 1 at most.

    `grade` is absent for a police matter that is not accepted. `call` names the numbers to
    show when `emergency` is set (X31).
    """

    category: str
    grade: Grade | None
    police: PoliceView
    emergency: bool
    call: tuple[str, ...]
    confidence: float
    evidence: tuple[Evidence, ...]
