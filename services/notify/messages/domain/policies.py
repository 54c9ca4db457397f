"""Who may look at what was told to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.identity import Actor, End

if TYPE_CHECKING:
    from services.notify.copies.tables import CaseCopy

OVERSEERS = frozenset({End.CENTRE, End.COMMUNITY, End.GRID})


def may_oversee(actor: Actor, case: CaseCopy) -> bool:
    """Staff of the hub, the community and the grid, each for its own place; nobody who has an
    interest in the company (A13).
    """
    if actor.end not in OVERSEERS or actor.has_interest_in(case.company_id):
        return False
    return actor.scope.covers_grid(case.grid_code or case.division)


def may_see_owners(actor: Actor, case: CaseCopy) -> bool:
    """Of a confidential case only the street's and the county's centre (X16)."""
    return not case.confidential or actor.end is End.CENTRE
