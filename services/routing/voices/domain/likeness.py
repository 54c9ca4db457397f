"""How alike two complaints are, with the reasons a dispatcher can check (X09)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import exp
from typing import Generic, TypeVar

from shared.rulebook.sections.duplicates import Duplicates

DAY_SECONDS, HOUR_SECONDS = 86_400, 3_600

T = TypeVar("T")


@dataclass(frozen=True)
class Voice(Generic[T]):
    """A complaint as it is compared. `T` is what its pairs of characters are kept as."""

    subject: frozenset[T]
    pairs: frozenset[T]
    category: str
    at: datetime


@dataclass(frozen=True)
class Likeness:
    """`score` is between 0 and 1; the other members, each in that range too, say why."""

    score: float
    place: float
    wording: float
    subject: float
    category: float
    hours_apart: float


def likeness(one: Voice[T], other: Voice[T], rules: Duplicates, *, place: float = 1.0) -> Likeness:
    """Symmetric; 1 for a complaint and itself. `place` says how surely the place is the same."""
    seconds = abs((one.at - other.at).total_seconds())
    wording, subject = _wording(one, other, rules.wording_enough), _subject(one, other)
    category = 1.0 if one.category == other.category else 0.0
    time = exp(-seconds / DAY_SECONDS / rules.fades_within_days)
    weights = rules.weights
    weighed = (
        weights.wording * wording
        + weights.subject * subject
        + weights.category * category
        + weights.time * time
    )
    score = min(1.0, place * weighed)
    return Likeness(score, place, wording, subject, category, seconds / HOUR_SECONDS)


def _wording(one: Voice[T], other: Voice[T], enough: float) -> float:
    """Of the shorter text, because a long letter may contain a short one."""
    shorter = min(len(one.pairs), len(other.pairs))
    if not shorter:
        return float(one.pairs == other.pairs)
    return min(1.0, len(one.pairs & other.pairs) / shorter / enough)


def _subject(one: Voice[T], other: Voice[T]) -> float:
    """How much of each title stands in the other complaint: that is what it is about."""
    return (_found(one, other) + _found(other, one)) / 2


def _found(one: Voice[T], other: Voice[T]) -> float:
    """Without a title, the text has to say it."""
    subject = one.subject or one.pairs
    return len(subject & other.pairs) / len(subject) if subject else float(not other.pairs)
