"""Who conducts surveys, who visits, who reads what (lifecycle 3.9). Only here are roles compared.

Recusal (A13) is part of every predicate: of a survey about the own company nobody is staff.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from shared.errors import Forbidden
from shared.identity import Actor, End, Role

PUBLISHING_ROLES = frozenset({Role.STREET_OFFICER, Role.DISPATCHER})
CONDUCTING_ROLES = PUBLISHING_ROLES | {Role.GRID_LEADER}
FIELD_ROLES = frozenset({Role.GRID_WORKER, Role.GRID_LEADER})
READING_ROLES = CONDUCTING_ROLES | FIELD_ROLES | {Role.CITY_OBSERVER}


class ConductorsOnly(Forbidden):
    """This is for the community's grid leader, street offices and governance centres."""

    code = "SURVEY_CONDUCTORS_ONLY"
    chinese = "仅限社区网格长、街道和综治中心操作。"


class StreetsOnly(Forbidden):
    """Results are published by street offices and governance centres (lifecycle 3.9)."""

    code = "STREETS_ONLY"
    chinese = "仅限街道和综治中心操作。"


class VisitorsOnly(Forbidden):
    """Households are visited by grid workers and grid leaders (E02)."""

    code = "SURVEY_VISITORS_ONLY"
    chinese = "仅限网格员、网格长使用。"


class OwnersOnly(Forbidden):
    """Only residents answer here."""

    code = "RESIDENTS_ONLY"
    chinese = "仅限业主端作答。"


class NotYourSurvey(Forbidden):
    """You may see this survey, but this is not yours to do."""

    code = "NOT_YOUR_SURVEY"
    chinese = "您不能对该测评执行此操作。"


@dataclass(frozen=True)
class Standing:
    """What a policy judges: whose company, and where."""

    company_id: UUID
    estate_id: UUID
    community: str
    grids: frozenset[str]


def has_stake(actor: Actor, company_id: UUID) -> bool:
    return actor.organisation_id == company_id or actor.has_interest_in(company_id)


def may_conduct(actor: Actor, standing: Standing) -> bool:
    """E01: community and street, each for its own place."""
    return _in_charge(actor, standing, CONDUCTING_ROLES)


def may_publish(actor: Actor, standing: Standing) -> bool:
    """E05, E06: the street."""
    return _in_charge(actor, standing, PUBLISHING_ROLES)


def may_visit(actor: Actor, standing: Standing, grid_code: str, house_id: UUID) -> bool:
    """E02: in the own grids, and not at the own home."""
    if not actor.roles & FIELD_ROLES or has_stake(actor, standing.company_id):
        return False
    return actor.scope.covers_grid(grid_code) and not actor.has_interest_in(house_id)


def reads_as_staff(actor: Actor, standing: Standing) -> bool:
    """Progress while it runs, the count before it is public; never what a household answered."""
    if not actor.roles & READING_ROLES or has_stake(actor, standing.company_id):
        return False
    return _covers(actor, standing) or any(map(actor.scope.covers_grid, standing.grids))


def places_of(actor: Actor) -> tuple[str, ...]:
    return actor.scope.divisions if actor.roles & READING_ROLES else ()


def grids_of(actor: Actor) -> tuple[str, ...]:
    return tuple(sorted(actor.scope.grids)) if actor.roles & FIELD_ROLES else ()


def is_rated(actor: Actor) -> bool:
    """The company's own people: published results of their estates, and no more."""
    return Role.SITE_OFFICE in actor.roles


def companies_of(actor: Actor) -> frozenset[UUID]:
    """Where the person has a stake, the own organisation included."""
    own = {actor.organisation_id} if actor.organisation_id is not None else set()
    return actor.interests | own


def employer_of(actor: Actor) -> frozenset[UUID]:
    """The rated company whose people they are: a stake in another one makes nobody its people."""
    if not is_rated(actor) or actor.organisation_id is None:
        return frozenset()
    return frozenset({actor.organisation_id})


def refuse_unless(actor: Actor, roles: frozenset[Role], refusal: type[Forbidden]) -> None:
    if not actor.roles & roles:
        raise refusal


def refuse_unless_owner(actor: Actor) -> None:
    """Raises OwnersOnly."""
    if actor.end is not End.OWNER:
        raise OwnersOnly


def _in_charge(actor: Actor, standing: Standing, roles: frozenset[Role]) -> bool:
    if not actor.roles & roles or has_stake(actor, standing.company_id):
        return False
    return _covers(actor, standing)


def _covers(actor: Actor, standing: Standing) -> bool:
    return actor.scope.covers_division(standing.community)
