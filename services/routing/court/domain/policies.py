"""Who speaks for the party that goes to court, and which court may read (3.9, A07)."""

from __future__ import annotations

from services.routing.cases.domain.policies import Standing, is_owner_of, may_coordinate
from shared.errors import Forbidden
from shared.identity import Actor, Role


class CourtsOnly(Forbidden):
    """This is for courts."""

    code = "COURTS_ONLY"
    chinese = "仅限人民法院查阅。"


def may_consent(actor: Actor, standing: Standing) -> bool:
    """The owner; for one without an account, the street that has the paper."""
    if standing.owner_ids:
        return is_owner_of(actor, standing)
    return may_coordinate(actor, standing)


def is_court(actor: Actor) -> bool:
    return Role.COURT_CLERK in actor.roles and actor.organisation_id is not None
