"""Roles are granted from a day on, ended on a day, and withdrawn at once."""

from __future__ import annotations

from datetime import date

from services.routing.directory.commands.holding import add_grants
from services.routing.directory.commands.positions import check_place, require_present
from services.routing.directory.commands.standing import grants_of, held_roles, take_up
from services.routing.directory.commands.telling import tell_of_staff
from services.routing.directory.domain.roles import (
    Granted,
    LastRole,
    RoleNotInForce,
    check_grant,
    ended,
)
from services.routing.directory.errand import Errand
from services.routing.directory.sessions.ending import end_every_session
from services.routing.directory.tables import RoleGrant, Staff
from shared.identity import Role


async def grant_role(errand: Errand, staff: Staff, wanted: Granted) -> Staff:
    """It is in the next token of its first day. Raises RoleGrantedAlready and what it breaks."""
    present = await grants_of(errand, staff.id)
    roles = await held_roles(errand, staff.id)
    await require_present(errand, staff, roles)
    await check_place(errand, staff, {*roles, wanted.role})
    check_grant(wanted, map(_granted, present), errand.today)
    add_grants(errand, staff.id, [wanted])
    await _take_up(errand, staff, "staff.role_granted")
    return staff


async def end_role(errand: Errand, staff: Staff, row: RoleGrant, last_day: date) -> Staff:
    """It is in no token after 24:00 of `last_day`; tokens that would outlive it end now."""
    await require_present(errand, staff, await held_roles(errand, staff.id))
    row.valid_to = ended(row.period, last_day, errand.today).last
    await _take_up(errand, staff, "staff.role_ended")
    await end_every_session(errand, staff.id)
    return staff


async def withdraw_role(errand: Errand, staff: Staff, row: RoleGrant) -> Staff:
    """Every session ends, so that it is in no token any more. Raises LastRole, StillInAGrid."""
    await require_present(errand, staff, await held_roles(errand, staff.id))
    if row.withdrawn_at or row.period.is_over(errand.today):
        raise RoleNotInForce
    row.withdrawn_at = errand.now
    await errand.session.flush()
    left = await held_roles(errand, staff.id)
    if not left:
        raise LastRole
    await check_place(errand, staff, left)
    await _take_up(errand, staff, "staff.role_withdrawn")
    await end_every_session(errand, staff.id)
    return staff


async def _take_up(errand: Errand, staff: Staff, action: str) -> None:
    await errand.session.flush()
    staff.version += 1
    await take_up(errand, staff)
    await tell_of_staff(errand, staff, action)


def _granted(row: RoleGrant) -> Granted:
    return Granted(Role(row.role), row.period)
