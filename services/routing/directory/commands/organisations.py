"""Organisations enter the directory, are renamed, and end (A10, C01, G03)."""

from __future__ import annotations

from dataclasses import dataclass

from services.routing.directory.commands.versions import check_version
from services.routing.directory.domain.codes import Level, UnknownDivision, level_of, parent_of
from services.routing.directory.domain.organisations import (
    checked_court_code,
    checked_credit_code,
    checked_level,
    checked_specialty,
)
from services.routing.directory.errand import Errand
from services.routing.directory.queries.divisions import division_on
from services.routing.directory.states import division_state, organisation_state
from services.routing.directory.tables import Division, Organisation
from shared.contracts.directory import DivisionChanged, OrganisationChanged
from shared.contracts.reference import reference_id
from shared.contracts.vocabulary import OrganisationKind
from shared.errors import Conflict, Invalid


class OrganisationExists(Conflict):
    """The division already has such an organisation."""

    code = "ORGANISATION_EXISTS"
    chinese = "该行政区划已有同类机构。"


class CreditCodeTaken(Conflict):
    """Another organisation has this credit code."""

    code = "CREDIT_CODE_TAKEN"
    chinese = "该统一社会信用代码已被其他机构使用。"


class CourtCodeTaken(Conflict):
    """Another court has this code."""

    code = "COURT_CODE_TAKEN"
    chinese = "该法院代字已被使用。"


class UnknownParent(Invalid):
    """There is no such parent organisation."""

    code = "UNKNOWN_PARENT"
    chinese = "上级机构不存在。"


CONFLICTS = {
    "uq_organisation_seat": OrganisationExists,
    "uq_organisation_credit_code": CreditCodeTaken,
    "uq_organisation_court_code": CourtCodeTaken,
}


@dataclass(frozen=True, slots=True)
class OrganisationChanges:
    """What may change: a name changes notices, never codes (G03)."""

    version: int
    display_name: str
    staff_count: int | None
    active: bool


async def add_organisation(errand: Errand, row: Organisation) -> Organisation:
    """A new community brings its division along: its code is listed nowhere else."""
    errand.require(row.division)
    await _check_division(errand, row)
    await _check_parent(errand, row)
    _check_codes(errand, row)
    errand.session.add(row)
    await errand.settle(CONFLICTS)
    errand.tell(OrganisationChanged(organisation=organisation_state(row)), "organisation.added")
    return row


async def revise_organisation(
    errand: Errand, row: Organisation, changes: OrganisationChanges
) -> Organisation:
    errand.require(row.division)
    check_version(row.version, changes.version)
    row.version += 1
    row.display_name = changes.display_name
    row.staff_count = changes.staff_count
    row.active = changes.active
    await errand.settle(CONFLICTS)
    errand.tell(OrganisationChanged(organisation=organisation_state(row)), "organisation.revised")
    return row


def _check_codes(errand: Errand, row: Organisation) -> None:
    kind = OrganisationKind(row.kind)
    courts = {court.code for court in errand.rulebook.courts.known}
    row.level = checked_level(kind, level_of(row.division))
    row.specialty = checked_specialty(kind, row.specialty or None, errand.rulebook.organisations)
    row.credit_code = checked_credit_code(kind, row.credit_code)
    row.court_code = checked_court_code(kind, row.court_code, courts)


async def _check_division(errand: Errand, row: Organisation) -> None:
    level = level_of(row.division)
    if await division_on(errand.session, row.division, errand.today):
        return
    street = parent_of(row.division) or ""
    street_known = await division_on(errand.session, street, errand.today)
    if row.kind != OrganisationKind.COMMUNITY or level is not Level.COMMUNITY or not street_known:
        raise UnknownDivision(division=row.division)
    await _add_community(errand, row, street)


async def _add_community(errand: Errand, row: Organisation, street: str) -> None:
    division = Division(
        id=reference_id("division", row.division, errand.today.isoformat()),
        code=row.division,
        name=row.display_name,
        level=Level.COMMUNITY,
        parent_code=street,
        valid_from=errand.today,
        demo=row.demo,
    )
    errand.session.add(division)
    errand.tell(DivisionChanged(division=division_state(division)), "division.added")


async def _check_parent(errand: Errand, row: Organisation) -> None:
    if row.parent_id and await errand.session.get(Organisation, row.parent_id) is None:
        raise UnknownParent
