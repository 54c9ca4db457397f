"""Who may read and who may change the directory. Roles are compared here and nowhere else."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from shared.errors import Forbidden
from shared.identity import Actor, End, Role

STAFF_ENDS = frozenset(
    {End.PROPERTY, End.COMMUNITY, End.GRID, End.DEPARTMENT, End.COURT, End.CENTRE}
)

OVERSEERS = frozenset({Role.ADMINISTRATOR, Role.DISPATCHER, Role.STREET_OFFICER})


class StaffOnly(Forbidden):
    """The directory can be read by staff only."""

    code = "STAFF_ONLY"
    chinese = "仅工作人员可以查询通讯录与基础数据。"


class AdministratorsOnly(Forbidden):
    """Only an administrator may change the directory."""

    code = "ADMINISTRATORS_ONLY"
    chinese = "仅管理员可以维护基础数据。"


class StaffAdministratorsOnly(Forbidden):
    """Only an administrator, or the staff administrator of the organisation, keeps accounts."""

    code = "STAFF_ADMINISTRATORS_ONLY"
    chinese = "仅管理员或本机构人员管理员可以管理账号。"


class OutsideYourOrganisation(Forbidden):
    """A staff administrator keeps the accounts of the own organisation, no other."""

    code = "OUTSIDE_YOUR_ORGANISATION"
    chinese = "仅可管理本机构人员的账号。"


class MoreThanYouHold(Forbidden):
    """A staff administrator gives, and touches, no more than the own roles and scope."""

    code = "MORE_THAN_YOU_HOLD"
    chinese = "超出您本人所具有的角色或管辖范围。"


class OutsideYourDivision(Forbidden):
    """This lies outside the divisions that you administer."""

    code = "OUTSIDE_YOUR_DIVISION"
    chinese = "该数据不在您管理的行政区划内。"


def works_in_grids(roles: Collection[str]) -> bool:
    return Role.GRID_WORKER in roles


def leads_grids(roles: Collection[str]) -> bool:
    return Role.GRID_LEADER in roles


def mediates(roles: Collection[str]) -> bool:
    return Role.MEDIATOR in roles


def runs_site_office(roles: Collection[str]) -> bool:
    return Role.SITE_OFFICE in roles


def is_staff(actor: Actor) -> bool:
    return actor.end in STAFF_ENDS


def reads_directory(actor: Actor) -> bool:
    """Evaluators of an agency do nothing but import (E22)."""
    return is_staff(actor) and actor.roles != {Role.EVALUATOR}


def is_administrator(actor: Actor) -> bool:
    return actor.end is End.SYSTEM or Role.ADMINISTRATOR in actor.roles


def may_administer(actor: Actor, division: str) -> bool:
    """An administrator of a county changes what lies in that county, no other."""
    return is_administrator(actor) and (
        actor.end is End.SYSTEM or actor.scope.covers_division(division)
    )


def keeps_staff(actor: Actor) -> bool:
    """Everywhere in the own divisions, or in the own organisation."""
    return is_administrator(actor) or Role.STAFF_ADMINISTRATOR in actor.roles


def keeps_staff_of(actor: Actor, organisation_id: UUID) -> bool:
    """As the staff administrator of that organisation."""
    return Role.STAFF_ADMINISTRATOR in actor.roles and actor.organisation_id == organisation_id


def holds(
    actor: Actor, roles: Collection[str], divisions: Collection[str], estates: Collection[UUID]
) -> bool:
    """Whether somebody has all of this: what one has, one may pass on."""
    return (
        actor.roles.issuperset(roles)
        and all(actor.scope.covers_division(division) for division in divisions)
        and actor.scope.estates.issuperset(estates)
    )


def may_read_contacts(actor: Actor, organisation_id: UUID) -> bool:
    """Account names and masked numbers of colleagues are for who keeps the accounts."""
    return is_administrator(actor) or keeps_staff_of(actor, organisation_id)


def may_read_handover(actor: Actor, companies: Collection[UUID], division: str) -> bool:
    """Both companies, and street, centre and administrators over the place (X40)."""
    return actor.organisation_id in companies or (
        bool(actor.roles & OVERSEERS) and actor.scope.covers_division(division)
    )
