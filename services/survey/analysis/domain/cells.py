"""Counts of persons: a small one is hidden, and so is what would betray it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Cells:
    """None stands for a hidden count; a total is hidden when it is small itself, or when it would
    tell the hidden ones by subtraction.
    """

    total: int | None
    of: Mapping[str, int | None]


def shielded(total: int, counts: Mapping[str, int], at_least: int) -> Cells:
    """Nothing is shown of fewer than `at_least` persons. While what is hidden adds up to fewer,
    the smallest of the others is hidden with it.
    """
    kept = {key: count for key, count in counts.items() if count}
    hidden = {key for key, count in kept.items() if count < at_least}
    while hidden and sum(kept[key] for key in hidden) < at_least:
        others = sorted((count, key) for key, count in kept.items() if key not in hidden)
        if not others:
            break
        hidden.add(others[0][1])
    visible = {key: None if key in hidden else count for key, count in kept.items()}
    rest = total - sum(count for count in visible.values() if count is not None)
    betrays = bool(hidden) and 0 < rest < at_least
    return Cells(None if 0 < total < at_least or betrays else total, visible)
