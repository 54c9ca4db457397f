"""Who leads a joint action, who belongs to it, who coordinates (3.9, A09, X19)."""

from __future__ import annotations

from services.routing.cases.domain.policies import (
    Standing,
    is_assignee,
    may_coordinate,
    may_observe,
    works_on,
)
from shared.identity import Actor, Role


def may_lead(actor: Actor, standing: Standing) -> bool:
    """T23, X19: the lead department alone."""
    return Role.DEPARTMENT_OFFICER in actor.roles and is_assignee(actor, standing)


def may_convene(actor: Actor, standing: Standing) -> bool:
    """The lead, or the street and centre that coordinate."""
    return may_lead(actor, standing) or may_coordinate(actor, standing)


def may_read(actor: Actor, standing: Standing) -> bool:
    """The departments of the action, who coordinates, and the city that reads all (A20)."""
    return (
        may_file(actor, standing) or may_coordinate(actor, standing) or may_observe(actor, standing)
    )


def may_file(actor: Actor, standing: Standing) -> bool:
    """T22: each member department."""
    return Role.DEPARTMENT_OFFICER in actor.roles and works_on(actor, standing)
