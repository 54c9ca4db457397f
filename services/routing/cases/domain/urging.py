"""How many urges of a case make it a matter for somebody above (T44, X17)."""

from __future__ import annotations

from shared.rulebook.sections.handling import Urging


def leads_to_supervision(urging: Urging, before: int, now: int) -> bool:
    """Once, when the count gets there."""
    return before < urging.supervision_from <= now
