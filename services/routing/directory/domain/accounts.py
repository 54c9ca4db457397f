"""Which roles staff may hold at which end and organisation (A02-A07, A13)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from shared.contracts.vocabulary import OrganisationKind as Kind
from shared.errors import Conflict, Invalid
from shared.identity import End, Role

SHORTEST_PASSWORD = 12  # characters

ROLES_OF: Mapping[End, frozenset[Role]] = {
    End.PROPERTY: frozenset({Role.SITE_OFFICE, Role.GRID_WORKER, Role.STAFF_ADMINISTRATOR}),
    End.COMMUNITY: frozenset({Role.GRID_WORKER, Role.SITE_OFFICE, Role.STAFF_ADMINISTRATOR}),
    End.GRID: frozenset({Role.GRID_LEADER, Role.GRID_WORKER, Role.STAFF_ADMINISTRATOR}),
    End.DEPARTMENT: frozenset(
        {
            Role.DEPARTMENT_OFFICER,
            Role.HOUSING_OFFICER,
            Role.CITY_OBSERVER,
            Role.ANALYST,
            Role.STAFF_ADMINISTRATOR,
        }
    ),
    End.COURT: frozenset({Role.COURT_CLERK, Role.STAFF_ADMINISTRATOR}),
    End.CENTRE: frozenset(
        {
            Role.DISPATCHER,
            Role.STREET_OFFICER,
            Role.MEDIATOR,
            Role.ARBITER,
            Role.CITY_OBSERVER,
            Role.ADMINISTRATOR,
            Role.STAFF_ADMINISTRATOR,
            Role.EVALUATOR,
        }
    ),
}

# An agency is paid for its judgement: its people do nothing else here (E22).
AGENCY_ROLES = frozenset({Role.EVALUATOR, Role.STAFF_ADMINISTRATOR})

KINDS_OF: Mapping[End, frozenset[Kind]] = {
    End.PROPERTY: frozenset({Kind.COMPANY}),
    End.COMMUNITY: frozenset({Kind.COMMUNITY}),
    End.GRID: frozenset({Kind.COMMUNITY}),
    End.DEPARTMENT: frozenset({Kind.DEPARTMENT, Kind.UTILITY}),
    End.COURT: frozenset({Kind.COURT}),
    End.CENTRE: frozenset(
        {
            Kind.CENTRE,
            Kind.STREET_OFFICE,
            Kind.STREET_PROPERTY_OFFICE,
            Kind.MEDIATION_COMMITTEE,
            Kind.HOTLINE,
            Kind.AGENCY,
        }
    ),
}


class NotAStaffEnd(Invalid):
    """Staff accounts belong to the property, community, grid, department, court or centre end."""

    code = "NOT_A_STAFF_END"
    chinese = "工作人员账号不能属于该端。"


class RolesNotOfEnd(Invalid):
    """These roles do not belong to this end."""

    code = "ROLES_NOT_OF_END"
    chinese = "所选角色不属于该端。"


class OrganisationNotOfEnd(Invalid):
    """This organisation does not belong to this end."""

    code = "ORGANISATION_NOT_OF_END"
    chinese = "所选机构不属于该端。"


class RolesNotOfOrganisation(Invalid):
    """Evaluators work for evaluation agencies, and agencies have nobody else (E22)."""

    code = "ROLES_NOT_OF_ORGANISATION"
    chinese = "评估员只能属于第三方评估机构，评估机构人员也不能担任其他角色。"


class AgencyWithoutPlace(Invalid):
    """People of an agency watch over no division: their contracts say where they evaluate (E22)."""

    code = "AGENCY_WITHOUT_PLACE"
    chinese = "评估机构人员不设管辖区域，评价范围以评估服务合同为准。"


class EstateNotServed(Invalid):
    """The company has no contract with one of these estates."""

    code = "ESTATE_NOT_SERVED"
    chinese = "该企业与所选小区没有物业服务合同。"


class OrganisationUnknown(Invalid):
    """There is no such active organisation."""

    code = "ORGANISATION_UNKNOWN"
    chinese = "所选机构不存在或已停用。"


class NotAGridWorker(Invalid):
    """One of these people is not an active grid worker."""

    code = "NOT_A_GRID_WORKER"
    chinese = "所选人员中有人不是在岗的网格员。"


class NotAGridLeader(Invalid):
    """This person is not an active grid leader."""

    code = "NOT_A_GRID_LEADER"
    chinese = "所选人员不是在岗的网格长。"


class StillInAGrid(Conflict):
    """This person still works in a grid; staff the grid anew first."""

    code = "STILL_IN_A_GRID"
    chinese = "该人员仍在网格中任职，请先调整网格人员。"


class PasswordTooShort(Invalid):
    """The password is too short."""

    code = "PASSWORD_TOO_SHORT"
    chinese = "密码太短。"


def check_position(end: End, roles: Collection[Role], kind: Kind) -> None:
    """Raises NotAStaffEnd, RolesNotOfEnd, OrganisationNotOfEnd or RolesNotOfOrganisation."""
    if end not in ROLES_OF:
        raise NotAStaffEnd
    if not roles or not ROLES_OF[end].issuperset(roles):
        raise RolesNotOfEnd
    if kind not in KINDS_OF[end]:
        raise OrganisationNotOfEnd
    allowed = AGENCY_ROLES if kind is Kind.AGENCY else ROLES_OF[end] - {Role.EVALUATOR}
    if not allowed.issuperset(roles):
        raise RolesNotOfOrganisation


def check_divisions(kind: Kind, divisions: Collection[str]) -> None:
    """Else they would be told of the owners there, as the centre end is. Raises
    AgencyWithoutPlace.
    """
    if kind is Kind.AGENCY and divisions:
        raise AgencyWithoutPlace


def check_password(password: str) -> None:
    """Raises PasswordTooShort."""
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooShort(at_least=SHORTEST_PASSWORD)
