"""How much may be spent, for whom, and at what share of it somebody should know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from shared.clock import BEIJING
from shared.rulebook.sections.notices import Texting


def budget_id(city: str, now: datetime) -> str:
    """A city's day, in Beijing: `421200/2026-03-02`."""
    return f"{city}/{now.astimezone(BEIJING).date().isoformat()}"


def limit(rule: Texting, *, urgent: bool) -> int:
    """In 分. What is urgent may use the reserve as well."""
    return rule.daily_fen + (rule.urgent_reserve_fen if urgent else 0)


def percent(spent: int, daily: int) -> int:
    return spent * 100 // daily if daily else 100


def reached(thresholds: Sequence[int], share: int) -> int:
    """The highest threshold that `share` percent has reached; 0 when none."""
    return max((each for each in thresholds if each <= share), default=0)
