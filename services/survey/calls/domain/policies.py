"""Who calls and who oversees (lifecycle 3.9). Only here are roles compared.

Nobody asks about work that was their own, nor where their own company is concerned (A13, X20). Of
a confidential reporter the centre alone knows the number (X16), and the centre alone calls about
grave matters (facts 2.4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.identity import Actor, Role

if TYPE_CHECKING:
    from services.survey.visits.tables import Visit

CENTRE_ROLES = frozenset({Role.DISPATCHER, Role.STREET_OFFICER})
GRID_ROLES = frozenset({Role.GRID_WORKER, Role.GRID_LEADER})
CALLING_ROLES = CENTRE_ROLES | GRID_ROLES
OVERSEEING_ROLES = CENTRE_ROLES | {Role.GRID_LEADER, Role.HOUSING_OFFICER, Role.CITY_OBSERVER}


def calls_at_all(actor: Actor) -> bool:
    return bool(actor.roles & CALLING_ROLES)


def oversees_at_all(actor: Actor) -> bool:
    """Figures only: whoever answers for a place, and those who watch a county or the city."""
    return bool(actor.roles & OVERSEEING_ROLES)


def may_call(actor: Actor, visit: Visit) -> bool:
    if actor.has_interest_in(visit.company_id) or actor.id in visit.handled_by:
        return False
    place = visit.grid_code or visit.division
    if place is None:
        return False
    if actor.roles & CENTRE_ROLES and actor.scope.covers_division(place):
        return True
    by_grid = actor.roles & GRID_ROLES and actor.scope.covers_grid(place)
    return bool(by_grid) and not visit.for_centre
