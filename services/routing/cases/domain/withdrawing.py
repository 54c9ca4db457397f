"""What a withdrawn complaint means for its case (T08, X14, invariant 7)."""

from __future__ import annotations

from dataclasses import dataclass

from shared.contracts.vocabulary import Grade
from shared.rulebook import Rulebook

WITHDRAWN = "WITHDRAWN"


@dataclass(frozen=True)
class Remaining:
    """The case without the withdrawn complaint; `standing` are the complaints left."""

    grade: Grade | None
    category: str
    emergency: bool
    group_incident: bool
    standing: int


def goes_on(remaining: Remaining, rulebook: Rulebook) -> bool:
    """For the others; or ex officio, where more is at stake than the wish of one reporter."""
    return (
        remaining.standing > 0
        or remaining.emergency
        or remaining.group_incident
        or remaining.grade in rulebook.closing.withdrawal_barred_grades
        or rulebook.category(remaining.category).handed_over
    )
