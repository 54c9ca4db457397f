"""The community of an estate, which the directory tells only of its buildings."""

from __future__ import annotations

from collections.abc import Collection

from shared.divisions import COMMUNITY_DIGITS


def community_of(grids: Collection[str]) -> str:
    """Of the grids of an estate's buildings; of several communities the lowest, always the same."""
    return min(grids)[:COMMUNITY_DIGITS]
