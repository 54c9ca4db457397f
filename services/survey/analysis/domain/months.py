"""Which monthly reports are due: the last month's from the first on, and any left out (C08)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Final

from services.survey.indicators.domain.spans import Period
from shared.clock import BEIJING

MONTH: Final = "MONTH"


def is_due(month: Period, now: datetime, generated_from: time) -> bool:
    """From that hour of the first of the following month."""
    first = month.span.until.astimezone(BEIJING)
    return now >= datetime.combine(first.date(), generated_from, BEIJING)


def months_due(
    newest: str | None, begun_at: datetime | None, now: datetime, generated_from: time
) -> Sequence[Period]:
    """The oldest first. Without an earlier report (`newest`) only the last month, and none before
    anything was counted at all (`begun_at`).
    """
    last = Period.around(MONTH, now).previous
    if not is_due(last, now, generated_from):
        last = last.previous
    if newest is None:
        begun = begun_at is not None and begun_at < last.span.until
        return [last] if begun else []
    found: list[Period] = []
    while last.name > newest:
        found.append(last)
        last = last.previous
    return found[::-1]
