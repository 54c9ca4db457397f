"""Who may file at a desk, through which door, about which place (lifecycle T01, X21, X45)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from services.intake.complaints.domain.doors import DoorKind
from shared.divisions import COUNTY_DIGITS
from shared.errors import Forbidden, Invalid, NotFound
from shared.identity import Actor, End, Role


class DeskDoor(StrEnum):
    """The doors that staff file through."""

    WALK_IN = "WALK_IN"
    GRID_REPORT = "GRID_REPORT"
    COMPANY = "COMPANY"
    INSPECTION = "INSPECTION"
    COURT_DELEGATED = "COURT_DELEGATED"


CENTRE = frozenset({Role.DISPATCHER, Role.STREET_OFFICER})

ROLES: Mapping[DeskDoor, Mapping[End, frozenset[Role]]] = {
    DeskDoor.WALK_IN: {End.CENTRE: CENTRE},
    DeskDoor.GRID_REPORT: {
        End.COMMUNITY: frozenset({Role.GRID_WORKER}),
        End.GRID: frozenset({Role.GRID_LEADER}),
    },
    DeskDoor.COMPANY: {End.PROPERTY: frozenset({Role.SITE_OFFICE})},
    DeskDoor.INSPECTION: {
        End.CENTRE: CENTRE,
        End.DEPARTMENT: frozenset({Role.DEPARTMENT_OFFICER, Role.HOUSING_OFFICER}),
    },
    DeskDoor.COURT_DELEGATED: {End.COURT: frozenset({Role.COURT_CLERK})},
}


class DesksOnly(Forbidden):
    """Only staff who file at a desk may do this."""

    code = "FILING_DESKS_ONLY"
    chinese = "仅限窗口、网格、物业、部门或法院工作人员使用。"


class CentreDesksOnly(Forbidden):
    """Only the desk of a governance centre or street may do this."""

    code = "CENTRE_DESKS_ONLY"
    chinese = "仅限综治中心或街道工作人员使用。"


class DoorNotYours(Forbidden):
    """Your role does not file through this door; `doors` are those it may use."""

    code = "DOOR_NOT_YOURS"
    chinese = "您的岗位不能以此来源登记诉求。"


class OutsideYourArea(Forbidden):
    """The place lies outside of what you are responsible for."""

    code = "OUTSIDE_YOUR_AREA"
    chinese = "该地点不在您的职责范围内。"


class FiledComplaintNotFound(NotFound):
    """There is no such complaint among those that you or your organisation filed."""

    code = "FILED_COMPLAINT_NOT_FOUND"
    chinese = "未找到该诉求。"


class ReporterRequired(Invalid):
    """A resident at the desk is named, or asked for anonymity."""

    code = "REPORTER_REQUIRED"
    chinese = "请登记诉求人姓名和手机号，或选择匿名。"


class ReporterNotAllowed(Invalid):
    """Nobody stands behind a finding, an anonymous complaint or a company's own (X15, X21, X45)."""

    code = "REPORTER_NOT_ALLOWED"
    chinese = "此来源或匿名诉求不登记诉求人。"


class ConsentMissing(Invalid):
    """The resident has to agree that name and number are kept (facts 2.13)."""

    code = "REPORTER_CONSENT_MISSING"
    chinese = "请先征得诉求人同意登记其个人信息。"


class CourtNumberRequired(Invalid):
    """What a court delegates has its case number."""

    code = "COURT_NUMBER_REQUIRED"
    chinese = "法院委派事项须填写案号。"


class RespondentNotAllowed(Invalid):
    """Only a company names the owner it claims from (X21)."""

    code = "RESPONDENT_NOT_ALLOWED"
    chinese = "仅物业企业诉求可填写被诉业主。"


@dataclass(frozen=True)
class Matter:
    """What a desk says about the persons of a complaint."""

    door: DeskDoor
    has_reporter: bool
    consents: bool
    anonymous: bool
    has_respondent: bool
    court_number: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Spot:
    """Where it happened: the estate, its street, and the grids of what was named of it."""

    estate_id: UUID
    division: str
    grids: Collection[str] = ()


def doors_of(actor: Actor) -> tuple[DeskDoor, ...]:
    return tuple(
        door for door, ends in ROLES.items() if actor.roles & ends.get(actor.end, frozenset())
    )


def keeps_a_centre_desk(actor: Actor) -> bool:
    return actor.end is End.CENTRE and bool(actor.roles & CENTRE)


def may_read_refused_words(actor: Actor) -> bool:
    """Whose place an order is about is not known yet: counties and the city look, no street."""
    return any(len(prefix) <= COUNTY_DIGITS for prefix in actor.scope.divisions)


def refuse_other_doors(actor: Actor, door: DeskDoor) -> None:
    """Raises DoorNotYours."""
    mine = doors_of(actor)
    if door not in mine:
        raise DoorNotYours(doors=list(mine))


def refuse_misfits(matter: Matter) -> None:
    """Whom a door has, and whom it has not. Raises one of the errors above."""
    if matter.has_respondent and matter.door is not DeskDoor.COMPANY:
        raise RespondentNotAllowed
    if matter.door is DeskDoor.COURT_DELEGATED and matter.court_number is None:
        raise CourtNumberRequired
    if matter.has_reporter:
        _refuse_named(matter)
    elif matter.door is DeskDoor.WALK_IN and not matter.anonymous:
        raise ReporterRequired


def _refuse_named(matter: Matter) -> None:
    if matter.anonymous or matter.door in (DeskDoor.INSPECTION, DeskDoor.COMPANY):
        raise ReporterNotAllowed
    if not matter.consents:
        raise ConsentMissing


def refuse_outside(actor: Actor, spot: Spot) -> None:
    """A site office has its estates, everybody else an area. Departments and courts whose accounts
    name no area work in the whole city. Raises OutsideYourArea.
    """
    if not _covers(actor, spot):
        raise OutsideYourArea


def _covers(actor: Actor, spot: Spot) -> bool:
    scope = actor.scope
    if actor.end is End.PROPERTY:
        return scope.covers_estate(spot.estate_id)
    if actor.end in (End.DEPARTMENT, End.COURT) and not scope.divisions:
        return True
    return scope.covers_division(spot.division) or any(map(scope.covers_grid, spot.grids))


def kind_of(door: DeskDoor) -> DoorKind:
    return DoorKind(door)
