"""Who records joint work and orders rectification: street and centre, for their own places."""

from __future__ import annotations

from uuid import UUID

from services.routing.cases.domain.policies import STREET_ROLES
from shared.identity import Actor, Role


def is_of_company(actor: Actor, company_id: UUID, estate_id: UUID) -> bool:
    """The site office of the company that was talked to."""
    return Role.SITE_OFFICE in actor.roles and (
        company_id in actor.interests | {actor.organisation_id}
        and actor.scope.covers_estate(estate_id)
    )


def may_govern(actor: Actor, division: str) -> bool:
    """A11, A16, E07: street, county and city within their own division."""
    return bool(actor.roles & STREET_ROLES) and actor.scope.covers_division(division)


def may_rectify(actor: Actor, division: str, company_id: UUID) -> bool:
    """E07: ordered and judged by who governs the place, and has no stake in the company (A13)."""
    return may_govern(actor, division) and not actor.has_interest_in(company_id)
