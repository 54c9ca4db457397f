"""Who mediates, who speaks for a party, and who may read what was said (3.9, invariant 10)."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from services.routing.cases.domain.policies import (
    Standing,
    is_assignee,
    is_owner_of,
    may_coordinate,
    recused,
)
from services.routing.cases.domain.reach import reach_of
from services.routing.mediation.domain.consent import Side
from shared.contracts.vocabulary import Grade
from shared.identity import Actor, Role

if TYPE_CHECKING:
    from services.routing.mediation.tables import Mediation

GRID_ROLES = frozenset({Role.GRID_WORKER, Role.GRID_LEADER})


def may_request(actor: Actor, standing: Standing) -> bool:
    """T15: street and centre, the grid worker for small matters."""
    return may_coordinate(actor, standing) or _handles_small(actor, standing)


def may_mediate(actor: Actor, standing: Standing, mediation: Mediation) -> bool:
    """Those, and the mediators of the committee that has the case."""
    return may_request(actor, standing) or is_mediator_of(actor, standing, mediation)


def is_mediator_of(actor: Actor, standing: Standing, mediation: Mediation) -> bool:
    """A named mediator alone, else anybody of the committee; never somebody with a stake (X20)."""
    if Role.MEDIATOR not in actor.roles or recused(actor, standing):
        return False
    if mediation.mediator_id is not None:
        return mediation.mediator_id == actor.id
    return mediation.committee_id is not None and mediation.committee_id == actor.organisation_id


def speaks_for(actor: Actor, standing: Standing, side: Side) -> bool:
    """The owner for the owner, the site office for its company; nobody here for a neighbour."""
    if side is Side.OWNER:
        return is_owner_of(actor, standing)
    if side is Side.COMPANY:
        return reach_of(actor).covers_as_company(standing.case)
    return False


def may_record_consent(actor: Actor, standing: Standing, mediation: Mediation, side: Side) -> bool:
    """A party for itself; who mediates may note what a party said."""
    return speaks_for(actor, standing, side) or may_mediate(actor, standing, mediation)


def may_end(actor: Actor, standing: Standing, mediation: Mediation) -> bool:
    """T20: street, centre or mediator; a grid worker alone does not send people to court."""
    return may_coordinate(actor, standing) or is_mediator_of(actor, standing, mediation)


def may_use_agreement(
    actor: Actor, standing: Standing, mediation: Mediation, sides: Collection[Side]
) -> bool:
    """The parties of this mediation, whose `sides` these are, and who mediated (invariant 10)."""
    by_party = any(speaks_for(actor, standing, side) for side in sides)
    return by_party or may_mediate(actor, standing, mediation)


def _handles_small(actor: Actor, standing: Standing) -> bool:
    """Somebody of the grid: no department and no company sits at the head of the table."""
    if not actor.roles & GRID_ROLES:
        return False
    return standing.case.grade == Grade.SMALL and is_assignee(actor, standing)
