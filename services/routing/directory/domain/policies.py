"""Who may read and who may change the directory. Roles are compared here and nowhere else."""

from __future__ import annotations

from collections.abc import Collection

from shared.errors import Forbidden
from shared.identity import Actor, End, Role

STAFF_ENDS = frozenset(
    {End.PROPERTY, End.COMMUNITY, End.GRID, End.DEPARTMENT, End.COURT, End.CENTRE}
)


class StaffOnly(Forbidden):
    """The directory can be read by staff only."""

    code = "STAFF_ONLY"
    chinese = "仅工作人员可以查询通讯录与基础数据。"


class AdministratorsOnly(Forbidden):
    """Only an administrator may change the directory."""

    code = "ADMINISTRATORS_ONLY"
    chinese = "仅管理员可以维护基础数据。"


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


def is_administrator(actor: Actor) -> bool:
    return actor.end is End.SYSTEM or Role.ADMINISTRATOR in actor.roles


def may_administer(actor: Actor, division: str) -> bool:
    """An administrator of a county changes what lies in that county, no other."""
    return is_administrator(actor) and (
        actor.end is End.SYSTEM or actor.scope.covers_division(division)
    )


def may_read_contacts(actor: Actor) -> bool:
    """Account names and masked numbers of colleagues are for administrators."""
    return is_administrator(actor)
