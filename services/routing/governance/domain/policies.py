"""Who records joint work and orders rectification: street and centre, for their own places."""

from __future__ import annotations

from services.routing.cases.domain.policies import STREET_ROLES
from shared.identity import Actor


def may_govern(actor: Actor, division: str) -> bool:
    """A11, A16, E07: street, county and city within their own division."""
    return bool(actor.roles & STREET_ROLES) and actor.scope.covers_division(division)
