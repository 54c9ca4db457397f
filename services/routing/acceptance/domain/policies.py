"""Who sees and decides about complaints that wait (lifecycle 3.9: accept and refuse = ST, DP).

As with cases, nobody acts where the own company or household is concerned (A13).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from services.routing.cases.domain.policies import LEADER_ROLES, STREET_ROLES
from shared.errors import Forbidden
from shared.identity import Actor, Role
from shared.rulebook import Rulebook

if TYPE_CHECKING:
    from services.routing.acceptance.tables import PendingComplaint

ASKING_ROLES = LEADER_ROLES | {Role.GRID_WORKER}
READING_ROLES = ASKING_ROLES | {Role.CITY_OBSERVER}
DESK = "INTAKE"


class AcceptanceDesksOnly(Forbidden):
    """This is for the desks that accept complaints, and for the grid."""

    code = "ACCEPTANCE_DESKS_ONLY"
    chinese = "仅限综治中心、街道和网格人员使用。"


Policy = Callable[[Actor, "PendingComplaint"], bool]


def may_read_any(actor: Actor) -> bool:
    """Whether there is a desk at all; which complaints lie on it is `visible_to`."""
    return bool(actor.roles & READING_ROLES)


def may_see(actor: Actor, pending: PendingComplaint) -> bool:
    """Visible is enough."""
    return may_read_any(actor)


def may_ask(actor: Actor, pending: PendingComplaint) -> bool:
    """T02: street, centre and the grid of the place."""
    if may_decide(actor, pending):
        return True
    in_place = actor.scope.covers_grid(pending.place_code)
    return in_place and bool(actor.roles & ASKING_ROLES) and not _recused(actor, pending)


def may_decide(actor: Actor, pending: PendingComplaint) -> bool:
    """T05, T06: street and centre of the place."""
    if not actor.roles & STREET_ROLES or _recused(actor, pending):
        return False
    return actor.scope.covers_division(pending.place_code)


def may_know_reporter(actor: Actor, pending: PendingComplaint, rulebook: Rulebook) -> bool:
    """X15, X16: nobody knows an anonymous reporter, of a confidential one only who decides."""
    if pending.anonymous:
        return False
    if not pending.confidential:
        return True
    return DESK in rulebook.sharing.confidential_readers and may_decide(actor, pending)


def _recused(actor: Actor, pending: PendingComplaint) -> bool:
    return actor.has_interest_in(pending.company_id, pending.house_id, pending.owner_id)
