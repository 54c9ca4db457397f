"""Staff accounts are opened, changed and closed (A02-A07, A13)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select

from services.routing.directory.commands.versions import check_version
from services.routing.directory.domain.accounts import (
    EstateNotServed,
    OrganisationUnknown,
    StillInAGrid,
    check_position,
    interests_of,
)
from services.routing.directory.domain.policies import leads_grids, works_in_grids
from services.routing.directory.errand import Errand
from services.routing.directory.sessions.ending import end_every_session
from services.routing.directory.states import staff_state
from services.routing.directory.states.people import grid_codes_of
from services.routing.directory.tables import Organisation, ServiceContract, Staff
from shared.contracts.directory import StaffChanged
from shared.contracts.vocabulary import OrganisationKind
from shared.errors import Conflict
from shared.identifiers import mobile_number
from shared.identity import End, Role


class AccountTaken(Conflict):
    """This account name is taken."""

    code = "ACCOUNT_TAKEN"
    chinese = "该账号名已被使用。"


@dataclass(frozen=True)
class Contacts:
    """Plain, and only until they are encrypted into the row."""

    openid: str | None
    mobile: str | None


@dataclass(frozen=True)
class Position:
    """What somebody is: where, at which end, with which roles, over what."""

    organisation_id: UUID
    end: End
    roles: frozenset[Role]
    divisions: tuple[str, ...]
    estate_ids: tuple[UUID, ...]
    interests: frozenset[UUID]


async def open_account(errand: Errand, staff: Staff, contacts: Contacts) -> Staff:
    """`staff` comes with its password hashed. Raises AccountTaken and what a position breaks."""
    await _place(errand, staff)
    write_contacts(errand, staff, contacts)
    errand.session.add(staff)
    await errand.settle({"uq_staff_account": AccountTaken})
    await tell_of_staff(errand, staff, "staff.opened")
    return staff


async def revise_account(
    errand: Errand, staff: Staff, position: Position, contacts: Contacts, *, version: int
) -> Staff:
    """Sessions end, so that no token of the old position stays good."""
    await _require_present(errand, staff)
    check_version(staff.version, version)
    staff.version += 1
    _take(staff, position)
    await _place(errand, staff)
    write_contacts(errand, staff, contacts)
    await tell_of_staff(errand, staff, "staff.revised")
    await end_every_session(errand, staff.id)
    return staff


async def close_account(errand: Errand, staff: Staff) -> Staff:
    """Closing twice changes nothing."""
    await _require_present(errand, staff)
    if not staff.active:
        return staff
    staff.version += 1
    staff.active = False
    await tell_of_staff(errand, staff, "staff.closed")
    await end_every_session(errand, staff.id)
    return staff


async def tell_of_staff(errand: Errand, staff: Staff, action: str) -> None:
    await errand.session.flush()
    state = await staff_state(errand.runtime, errand.session, staff)
    errand.tell(StaffChanged(staff=state), action)


def write_contacts(errand: Errand, staff: Staff, contacts: Contacts) -> None:
    """Raises InvalidMobileNumber."""
    mobile = mobile_number(contacts.mobile) if contacts.mobile else None
    for column, plain in (("openid", contacts.openid), ("mobile", mobile)):
        setattr(staff, column, _encrypted(errand, staff.id, column, plain))


def _encrypted(errand: Errand, staff_id: UUID, column: str, plain: str | None) -> str | None:
    if plain is None:
        return None
    return errand.runtime.cipher.encrypt(plain, table="staff", row_id=staff_id, column=column)


def _take(staff: Staff, position: Position) -> None:
    staff.organisation_id = position.organisation_id
    staff.end = position.end
    staff.roles = sorted(position.roles)
    staff.divisions = list(position.divisions)
    staff.estate_ids = list(position.estate_ids)
    staff.interests = list(position.interests)


async def _place(errand: Errand, staff: Staff) -> None:
    """The position must be possible, and within what the administrator may give."""
    organisation = await errand.session.get(Organisation, staff.organisation_id)
    if organisation is None or not organisation.active:
        raise OrganisationUnknown
    for division in (organisation.division, *staff.divisions):
        errand.require(division)
    kind = OrganisationKind(organisation.kind)
    check_position(End(staff.end), [Role(role) for role in staff.roles], kind)
    staff.interests = interests_of(kind, organisation.id, staff.interests)
    await _check_estates(errand, staff)
    await _check_grids(errand, staff)


async def _check_estates(errand: Errand, staff: Staff) -> None:
    served = await errand.session.execute(
        select(ServiceContract.estate_id).where(
            col(ServiceContract.company_id) == staff.organisation_id
        )
    )
    if not set(staff.estate_ids) <= set(served.scalars()):
        raise EstateNotServed


async def _check_grids(errand: Errand, staff: Staff) -> None:
    roles = staff.roles
    if works_in_grids(roles) or leads_grids(roles):
        return
    if await grid_codes_of(errand.session, staff.id):
        raise StillInAGrid


async def _require_present(errand: Errand, staff: Staff) -> None:
    organisation = await errand.session.get_one(Organisation, staff.organisation_id)
    errand.require(organisation.division)
