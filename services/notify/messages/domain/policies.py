"""Who may look at what was told to whom."""

from __future__ import annotations

from shared.identity import Actor, End

OVERSEERS = frozenset({End.CENTRE, End.COMMUNITY, End.GRID})


def may_oversee(actor: Actor, division: str) -> bool:
    """Staff of the hub, the community and the grid, for cases of their own division."""
    return actor.end in OVERSEERS and actor.scope.covers_division(division)
