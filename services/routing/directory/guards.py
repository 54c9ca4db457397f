"""Who gets past: staff to read, administrators to change, everybody to the own account."""

from __future__ import annotations

from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.routing.directory.domain.policies import (
    AdministratorsOnly,
    StaffAdministratorsOnly,
    StaffOnly,
    is_administrator,
    is_staff,
    keeps_staff,
    reads_directory,
)
from services.routing.directory.errand import Errand
from services.routing.directory.imports.drafts import own_draft
from services.routing.directory.listing import kept_invitations, visible_staff
from services.routing.directory.tables import (
    Building,
    Estate,
    Grid,
    ImportDraft,
    Interest,
    Invitation,
    Organisation,
    RoleGrant,
    ServiceContract,
    Staff,
)
from shared.errors import NotFound
from shared.identity import Actor, SessionRevoked
from shared.web.dependencies import CurrentActor, CurrentRuntime, Now, SessionDep

Row = TypeVar("Row")


class NotInDirectory(NotFound):
    """The directory has no such entry."""

    code = "NOT_IN_DIRECTORY"
    chinese = "基础数据中没有这一项。"


def staff_actor(actor: CurrentActor) -> Actor:
    if not is_staff(actor):
        raise StaffOnly
    return actor


StaffActor = Annotated[Actor, Depends(staff_actor)]


def own_errand(actor: StaffActor, current: CurrentRuntime, session: SessionDep, now: Now) -> Errand:
    return Errand(current, session, actor, now)


OwnErrand = Annotated[Errand, Depends(own_errand)]


def readers_errand(errand: OwnErrand) -> Errand:
    """Raises StaffOnly."""
    if not reads_directory(errand.actor):
        raise StaffOnly
    return errand


ReadersErrand = Annotated[Errand, Depends(readers_errand)]


def administrators_errand(errand: OwnErrand) -> Errand:
    """The command asks again whether the place lies in the administrator's divisions."""
    if not is_administrator(errand.actor):
        raise AdministratorsOnly
    return errand


AdministratorsErrand = Annotated[Errand, Depends(administrators_errand)]


def staff_keepers_errand(errand: OwnErrand) -> Errand:
    """The command asks again whose accounts, and whether they hold what they give."""
    if not keeps_staff(errand.actor):
        raise StaffAdministratorsOnly
    return errand


StaffKeepersErrand = Annotated[Errand, Depends(staff_keepers_errand)]


async def own_account(errand: OwnErrand) -> Staff:
    return _still_open(await errand.session.get(Staff, errand.actor.id))


async def own_account_to_change(errand: OwnErrand) -> Staff:
    return _still_open(await errand.session.get(Staff, errand.actor.id, with_for_update=True))


OwnAccount = Annotated[Staff, Depends(own_account)]
OwnAccountToChange = Annotated[Staff, Depends(own_account_to_change)]


async def organisation_to_change(
    organisation_id: UUID, errand: AdministratorsErrand
) -> Organisation:
    return _found(await errand.session.get(Organisation, organisation_id, with_for_update=True))


async def organisation_to_view(organisation_id: UUID, errand: ReadersErrand) -> Organisation:
    return _found(await errand.session.get(Organisation, organisation_id))


async def estate_to_view(estate_id: UUID, errand: ReadersErrand) -> Estate:
    return _found(await errand.session.get(Estate, estate_id))


async def grid_to_view(grid_id: UUID, errand: ReadersErrand) -> Grid:
    return _found(await errand.session.get(Grid, grid_id))


async def building_to_move(
    estate_id: UUID, building_id: UUID, errand: AdministratorsErrand
) -> Building:
    return _found(await _building(errand.session, estate_id, building_id))


async def contract_to_end(contract_id: UUID, errand: AdministratorsErrand) -> ServiceContract:
    return _found(await errand.session.get(ServiceContract, contract_id, with_for_update=True))


async def grid_to_staff(grid_id: UUID, errand: AdministratorsErrand) -> Grid:
    return _found(await errand.session.get(Grid, grid_id, with_for_update=True))


async def staff_to_view(staff_id: UUID, errand: StaffKeepersErrand) -> Staff:
    found = await errand.session.execute(
        visible_staff(errand.actor).where(col(Staff.id) == staff_id)
    )
    staff = _found(found.scalar_one_or_none())
    errand.require_staff_of(await errand.session.get_one(Organisation, staff.organisation_id))
    return staff


async def staff_to_change(
    staff: Annotated[Staff, Depends(staff_to_view)], errand: OwnErrand
) -> Staff:
    await errand.session.refresh(staff, with_for_update=True)
    return staff


StaffToChange = Annotated[Staff, Depends(staff_to_change)]


async def grant_to_change(grant_id: UUID, staff: StaffToChange, errand: OwnErrand) -> RoleGrant:
    row = await errand.session.get(RoleGrant, grant_id)
    return _found(row if row and row.staff_id == staff.id else None)


async def interest_to_lift(interest_id: UUID, staff: StaffToChange, errand: OwnErrand) -> Interest:
    row = await errand.session.get(Interest, interest_id)
    return _found(row if row and row.staff_id == staff.id else None)


async def invitation_to_change(invitation_id: UUID, errand: StaffKeepersErrand) -> Invitation:
    kept = kept_invitations(errand.actor).where(col(Invitation.id) == invitation_id)
    found = await errand.session.execute(kept.with_for_update(of=Invitation))
    return _found(found.scalar_one_or_none())


async def import_to_view(import_id: UUID, errand: AdministratorsErrand) -> ImportDraft:
    return _found(await own_draft(errand, import_id, for_update=False))


async def import_to_confirm(import_id: UUID, errand: AdministratorsErrand) -> ImportDraft:
    return _found(await own_draft(errand, import_id, for_update=True))


ImportToView = Annotated[ImportDraft, Depends(import_to_view)]
ImportToConfirm = Annotated[ImportDraft, Depends(import_to_confirm)]
OrganisationToChange = Annotated[Organisation, Depends(organisation_to_change)]
OrganisationToView = Annotated[Organisation, Depends(organisation_to_view)]
GridToView = Annotated[Grid, Depends(grid_to_view)]
EstateToView = Annotated[Estate, Depends(estate_to_view)]
BuildingToMove = Annotated[Building, Depends(building_to_move)]
ContractToEnd = Annotated[ServiceContract, Depends(contract_to_end)]
GridToStaff = Annotated[Grid, Depends(grid_to_staff)]
StaffToView = Annotated[Staff, Depends(staff_to_view)]
GrantToChange = Annotated[RoleGrant, Depends(grant_to_change)]
InterestToLift = Annotated[Interest, Depends(interest_to_lift)]
InvitationToChange = Annotated[Invitation, Depends(invitation_to_change)]


async def _building(session: AsyncSession, estate_id: UUID, building_id: UUID) -> Building | None:
    found = await session.execute(
        select(Building).where(
            col(Building.id) == building_id, col(Building.estate_id) == estate_id
        )
    )
    return found.scalar_one_or_none()


def _still_open(staff: Staff | None) -> Staff:
    if staff is None or not staff.active:
        raise SessionRevoked
    return staff


def _found(row: Row | None) -> Row:
    if row is None:
        raise NotInDirectory
    return row
