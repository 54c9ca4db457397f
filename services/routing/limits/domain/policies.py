"""Who asks for a return, a pause or more time, and who decides (3.9, T12, T13, T27-T29)."""

from __future__ import annotations

from services.routing.cases.domain.policies import (
    Standing,
    has_county_centre,
    is_assignee,
    is_owner_of,
    may_coordinate,
    may_dispatch,
    may_grade,
    may_observe,
    may_reopen,
    recused,
    works_on,
)
from shared.errors import Forbidden
from shared.identity import Actor, Role
from shared.rulebook import Desk

OF_DESK = {
    Desk.GRID_LEADER: may_grade,
    Desk.STREET_OFFICE: may_coordinate,
    Desk.COUNTY_CENTRE: has_county_centre,
}


class OwnRequest(Forbidden):
    """Nobody decides on a request of their own."""

    code = "OWN_REQUEST"
    chinese = "不能审批本人提出的申请。"


def may_return(actor: Actor, standing: Standing) -> bool:
    """T12: the unit that the case was dispatched to."""
    return is_assignee(actor, standing)


def may_adjudicate(actor: Actor, standing: Standing) -> bool:
    """T13: the dispatcher, or the arbiter of the county (facts 2.4)."""
    if may_reopen(actor, standing):
        return True
    return (
        Role.ARBITER in actor.roles
        and not recused(actor, standing)
        and actor.scope.covers_division(standing.case.place_code)
    )


def may_ask(actor: Actor, standing: Standing) -> bool:
    """T29: the assignee."""
    return is_assignee(actor, standing)


def may_suspend(actor: Actor, standing: Standing) -> bool:
    """T27: the assignee asks, a coordinating desk suspends."""
    return is_assignee(actor, standing) or may_approve_suspension(actor, standing)


def may_approve_suspension(actor: Actor, standing: Standing) -> bool:
    """T27: street and centre, the grid leader for small matters."""
    return may_dispatch(actor, standing)


def may_resume(actor: Actor, standing: Standing) -> bool:
    """T28: the assignee, the desks that may suspend, and the owner who supplies what lacked."""
    return may_suspend(actor, standing) or is_owner_of(actor, standing)


def may_approve_extension(actor: Actor, standing: Standing) -> bool:
    """T29: a desk of some chain; which one the grade asks for is decided by `holds_desk`."""
    return may_grade(actor, standing)


def holds_desk(actor: Actor, standing: Standing, desk: Desk) -> bool:
    """A higher desk may act as a lower one."""
    return desk in OF_DESK and OF_DESK[desk](actor, standing)


def may_read_limits(actor: Actor, standing: Standing) -> bool:
    """Who works on the case, the desks over it, and the city that reads all (A20)."""
    return works_on(actor, standing) or may_grade(actor, standing) or may_observe(actor, standing)
