"""Somebody is invited into an organisation: the account waits, closed, for its person."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col, select

from services.routing.directory.commands.accounts import Contacts, open_account
from services.routing.directory.commands.positions import require_present
from services.routing.directory.commands.standing import held_roles
from services.routing.directory.domain.invitations import (
    LIFETIME,
    InvitationStatus,
    check_pending,
    status_of,
)
from services.routing.directory.domain.roles import Granted
from services.routing.directory.errand import Errand
from services.routing.directory.sessions.codes import hash_of, new_code
from services.routing.directory.tables import Invitation, Staff
from shared.ids import new_id


async def invite(
    errand: Errand, staff: Staff, contacts: Contacts, granted: Sequence[Granted]
) -> Invitation:
    """`staff` comes without password and not active. Raises what opening an account raises."""
    await open_account(errand, staff, contacts, granted)
    row = Invitation(
        id=new_id(), staff_id=staff.id, invited_by=errand.actor.id, invited_at=errand.now
    )
    errand.session.add(row)
    errand.note("invitation.made", row.id)
    return row


async def issue_code(errand: Errand, row: Invitation) -> str:
    """A new code; the one before is no longer good. Raises InvitationSettled."""
    await _require(errand, row)
    check_pending(invitation_status(errand, row))
    code = new_code()
    row.code_hash = hash_of(code, row.id)
    row.expires_at = errand.now + LIFETIME
    row.failures = 0
    errand.note("invitation.code_issued", row.id)
    return code


async def withdraw_invitation(errand: Errand, row: Invitation) -> None:
    """Twice is as once. Raises InvitationSettled for one that was accepted."""
    await _require(errand, row)
    if row.withdrawn_at is not None:
        return
    check_pending(invitation_status(errand, row))
    row.withdrawn_at, row.code_hash = errand.now, None
    errand.note("invitation.withdrawn", row.id)


async def withdraw_pending(errand: Errand, staff: Staff) -> None:
    """Who is closed before accepting accepts no more."""
    found = await errand.session.execute(
        select(Invitation)
        .where(
            col(Invitation.staff_id) == staff.id,
            col(Invitation.accepted_at).is_(None),
            col(Invitation.withdrawn_at).is_(None),
        )
        .with_for_update()
    )
    row = found.scalar_one_or_none()
    if row is not None:
        await withdraw_invitation(errand, row)


def invitation_status(errand: Errand, row: Invitation) -> InvitationStatus:
    return status_of(
        now=errand.now,
        expires_at=row.expires_at,
        failures=row.failures,
        accepted=row.accepted_at is not None,
        withdrawn=row.withdrawn_at is not None,
    )


async def _require(errand: Errand, row: Invitation) -> None:
    staff = await errand.session.get_one(Staff, row.staff_id)
    await require_present(errand, staff, await held_roles(errand, staff.id))
