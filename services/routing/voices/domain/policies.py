"""Who decides about duplicates and groups (T07, X09 to X11). Only here are roles compared."""

from __future__ import annotations

from services.routing.cases.domain.policies import (
    CENTRE_ROLES,
    STREET_ROLES,
    Standing,
    is_charged,
)
from shared.identity import Actor


def may_merge(actor: Actor, standing: Standing) -> bool:
    """T07, X10: the dispatcher of street, county or city."""
    return is_charged(actor, standing, CENTRE_ROLES)


def may_name_representatives(actor: Actor, standing: Standing) -> bool:
    """X11: street and centre, who hold the talks."""
    return is_charged(actor, standing, STREET_ROLES)


def reads_proposals(actor: Actor) -> bool:
    """The list of pairs waits for those who decide."""
    return bool(actor.roles & CENTRE_ROLES)
