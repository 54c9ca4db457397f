"""Ranks by a count or a figure: equals share one, and the next follows after all of them (D12)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Ranked(Generic[T]):
    rank: int
    item: T


def ranked(
    items: Sequence[T], size: Callable[[T], Any], name: Callable[[T], Any]
) -> tuple[Ranked[T], ...]:
    """The largest first, equals in the order of their names: 95, 95, 90 have ranks 1, 1, 3."""
    ordered = sorted(sorted(items, key=name), key=size, reverse=True)
    found: list[Ranked[T]] = []
    for number, item in enumerate(ordered, start=1):
        alike = bool(found) and size(found[-1].item) == size(item)
        found.append(Ranked(found[-1].rank if alike else number, item))
    return tuple(found)
