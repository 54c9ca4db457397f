"""The order of bids: the same total shares a rank, and the next rank is left out for it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID


def ranks_of(totals: Mapping[UUID, Decimal]) -> dict[UUID, int]:
    """1 for the highest total as published, e.g. 1, 2, 2, 4."""
    ordered = sorted(totals.values(), reverse=True)
    return {bid: ordered.index(total) + 1 for bid, total in totals.items()}
