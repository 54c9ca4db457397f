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
    """What counted: a rule of the rulebook or `model.…`, the words found, the weight given."""

    rule: str
    words: tuple[str, ...]
    weight: float


@dataclass(frozen=True)
class Alternative:
    """A category and how likely it is, from 0 to 1."""

    category: str
    confidence: float


@dataclass(frozen=True)
class Proposal:
    """`confidence` is how likely the category is, 0 for the fallback; `alternatives` begin with it.

    `grade` is absent for a police matter that is not accepted. `call` names the numbers to
    show when `emergency` is set (X31).
    """

    category: str
    grade: Grade | None
    police: PoliceView
    emergency: bool
    call: tuple[str, ...]
    confidence: float
    grade_confidence: float
    alternatives: tuple[Alternative, ...]
    evidence: tuple[Evidence, ...]
