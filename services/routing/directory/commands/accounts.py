"""Staff accounts are opened, changed and closed (A02-A07, A13)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.routing.directory.commands.holding import (
    add_grants,
    from_today,
    hold_interests,
    hold_roles,
)
from services.routing.directory.commands.positions import Position, check_place, require_present
from services.routing.directory.commands.standing import held_roles, take_up
from services.routing.directory.commands.telling import tell_of_staff
from services.routing.directory.commands.versions import check_version
from services.routing.directory.domain.roles import Granted
from services.routing.directory.errand import Errand
from services.routing.directory.sessions import second_factor
from services.routing.directory.sessions.ending import end_every_session
from services.routing.directory.tables import Staff
from shared.errors import Conflict
from shared.identifiers import mobile_number


class AccountTaken(Conflict):
    """This account name is taken."""

    code = "ACCOUNT_TAKEN"
    chinese = "该账号名已被使用。"


@dataclass(frozen=True)
class Contacts:
    """Plain, and only until they are encrypted into the row."""

    openid: str | None
    mobile: str | None


async def open_account(
    errand: Errand, staff: Staff, contacts: Contacts, granted: Sequence[Granted] = ()
) -> Staff:
    """`staff` comes with its password hashed, its interests, and unless `granted`, its roles.

    Raises AccountTaken and what a position breaks.
    """
    granted = granted or [from_today(errand, role) for role in staff.roles]
    interests = staff.interests
    await check_place(errand, staff, {each.role for each in granted})
    write_contacts(errand, staff, contacts)
    errand.session.add(staff)
    await errand.settle({"uq_staff_account": AccountTaken})
    add_grants(errand, staff.id, granted)
    await hold_interests(errand, staff, interests)
    await errand.session.flush()
    await take_up(errand, staff)
    await tell_of_staff(errand, staff, "staff.opened")
    return staff


async def revise_account(
    errand: Errand, staff: Staff, position: Position, contacts: Contacts, *, version: int
) -> Staff:
    """Sessions end, so that no token of the old position stays good."""
    await require_present(errand, staff, await held_roles(errand, staff.id))
    check_version(staff.version, version)
    staff.version += 1
    await _take(errand, staff, position)
    write_contacts(errand, staff, contacts)
    await tell_of_staff(errand, staff, "staff.revised")
    await end_every_session(errand, staff.id)
    return staff


async def reset_codes(errand: Errand, staff: Staff) -> None:
    """Signing in begins anew, with the password and then another phone."""
    await require_present(errand, staff, await held_roles(errand, staff.id))
    second_factor.reset(errand, staff)
    await end_every_session(errand, staff.id)


def write_contacts(errand: Errand, staff: Staff, contacts: Contacts) -> None:
    """Raises InvalidMobileNumber."""
    mobile = mobile_number(contacts.mobile) if contacts.mobile else None
    for column, plain in (("openid", contacts.openid), ("mobile", mobile)):
        setattr(staff, column, _encrypted(errand, staff.id, column, plain))


def _encrypted(errand: Errand, staff_id: UUID, column: str, plain: str | None) -> str | None:
    if plain is None:
        return None
    return errand.runtime.cipher.encrypt(plain, table="staff", row_id=staff_id, column=column)


async def _take(errand: Errand, staff: Staff, position: Position) -> None:
    staff.organisation_id = position.organisation_id
    staff.end = position.end
    staff.divisions = list(position.divisions)
    staff.estate_ids = list(position.estate_ids)
    with errand.session.no_autoflush:  # a place that is refused is never written
        await check_place(errand, staff, position.roles)
    await hold_roles(errand, staff.id, position.roles)
    await hold_interests(errand, staff, position.interests)
    await errand.session.flush()
    await take_up(errand, staff)
