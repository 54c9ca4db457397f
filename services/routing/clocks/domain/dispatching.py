"""Which clocks begin with the first dispatch, and which with a finding (T10, B17, X32)."""

from __future__ import annotations

from datetime import datetime

from services.routing.clocks.domain.effects import JOINT_PARTS
from shared.contracts.vocabulary import Grade
from shared.rulebook import ClockKind, Rulebook


def clocks_at_dispatch(
    rulebook: Rulebook, category: str, grade: Grade, *, emergency: bool
) -> tuple[ClockKind, ...]:
    """What can be removed within a day gets that day before departments convene (CK-17)."""
    usual = rulebook.grades[grade].clocks
    if not is_fast_fix(rulebook, category, grade, emergency=emergency):
        return usual
    return (*(kind for kind in usual if kind not in JOINT_PARTS), ClockKind.FAST_FIX)


def is_fast_fix(rulebook: Rulebook, category: str, grade: Grade, *, emergency: bool) -> bool:
    return grade is Grade.MAJOR and not emergency and rulebook.category(category).fast_fix


def must_be_handed_over(rulebook: Rulebook, category: str, at: datetime) -> bool:
    """The illegal acts that always go to an enforcement department in good time (B17, CK-18)."""
    row = rulebook.category(category)
    return row.handed_over and rulebook.in_force(f"categories.{category}", at)
