"""Half-years and quarters in the credit file, written so that their order is that of time."""

from __future__ import annotations

from datetime import datetime, timedelta

from shared.clock import BEIJING

SECOND_HALF = "H2"
QUARTERS = 4


def half_year_of_deadline(due_at: datetime) -> str:
    """A deadline at 24:00 of the last day still belongs to that day."""
    last = (due_at - timedelta(microseconds=1)).astimezone(BEIJING)
    return f"{last.year}-H{1 if last.month <= 6 else 2}"


def year_of(period: str) -> int:
    return int(period[:4])


def half_years_of(year: int) -> tuple[str, str]:
    return f"{year}-H1", f"{year}-H2"


def quarters_before(now: datetime, count: int) -> list[str]:
    """The last quarters that are over, newest first."""
    moment = now.astimezone(BEIJING)
    current = moment.year * QUARTERS + (moment.month - 1) // 3
    return [
        f"{number // QUARTERS}-Q{number % QUARTERS + 1}"
        for number in range(current - 1, current - 1 - count, -1)
    ]
