"""Low results in a row of one company in one estate (E07, W6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from shared.rulebook.sections.survey import LowScore


@dataclass(frozen=True)
class Result:
    """A published score. A survey that was skipped or did not hold is no result."""

    survey_id: UUID
    period: str
    score: Decimal
    published_at: datetime


def low_in_a_row(results: Sequence[Result], rule: LowScore) -> int:
    """How many of the latest periods are low; one result that is not low makes it 0."""
    row = 0
    for result in sorted(results, key=_age, reverse=True):
        if result.score >= rule.below:
            break
        row += 1
    return row


def newly_due(known: Sequence[Result], new: Result, rule: LowScore) -> list[tuple[Result, ...]]:
    """The rows of low results that the new one completes, each with its newest last.

    Periods count in their own order, whenever they were published: a late result may complete the
    row of the one after it. Every further low result completes another row.
    """
    before = {row[-1].survey_id for row in _rows(known, rule)}
    return [row for row in _rows([*known, new], rule) if row[-1].survey_id not in before]


def _rows(results: Sequence[Result], rule: LowScore) -> Iterator[tuple[Result, ...]]:
    ordered = sorted(results, key=_age)
    for end in range(rule.consecutive, len(ordered) + 1):
        row = tuple(ordered[end - rule.consecutive : end])
        if all(each.score < rule.below for each in row):
            yield row


def _age(result: Result) -> tuple[str, UUID]:
    return result.period, result.survey_id
