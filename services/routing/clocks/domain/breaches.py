"""What a breach means for the case (lifecycle 3.3, last column)."""

from __future__ import annotations

from shared.rulebook import BreachAction

MARKS_OVERDUE = frozenset(
    {
        BreachAction.OVERDUE_AND_LEADER,
        BreachAction.OVERDUE_AND_STREET,
        BreachAction.OVERDUE_AND_SUPERVISION,
        BreachAction.UPGRADE_TO_MEDIUM,
        BreachAction.SUPERVISION,
        BreachAction.COUNTY_AND_CITY,
    }
)


def marks_overdue(action: BreachAction) -> bool:
    """The handling is late, and stays so in statistics; an owner's silence is nobody's delay."""
    return action in MARKS_OVERDUE
