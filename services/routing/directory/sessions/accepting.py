"""The invited person gives the code, chooses a password, and the account is open."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from sqlmodel import col, select

from services.routing.directory.commands.invitations import invitation_status
from services.routing.directory.commands.standing import take_up
from services.routing.directory.commands.telling import tell_of_staff
from services.routing.directory.domain.accounts import OrganisationUnknown
from services.routing.directory.domain.invitations import InvitationRefused, InvitationStatus
from services.routing.directory.errand import Errand
from services.routing.directory.sessions.codes import matches
from services.routing.directory.sessions.passwords import hashed
from services.routing.directory.tables import Invitation, Organisation, Staff
from shared.identity import SYSTEM, AttemptLimit, admit
from shared.runtime import Runtime

FROM_ONE_ADDRESS = AttemptLimit(10, timedelta(minutes=15))


@dataclass(frozen=True)
class Acceptance:
    account: str
    code: str = field(repr=False)
    password: str = field(repr=False)
    address: str


async def accept_invitation(runtime: Runtime, acceptance: Acceptance) -> None:
    """Raises TooManyAttempts, InvitationRefused or PasswordTooShort.

    An unknown account, a wrong code and one that is no longer good look the same. A wrong code is
    counted for good before it is refused.
    """
    now = runtime.clock.now()
    async with runtime.database.transaction() as session:
        await admit(session, account="*", address=_door(acceptance), limit=FROM_ONE_ADDRESS, at=now)
    async with runtime.database.transaction() as session:
        errand = Errand(runtime, session, SYSTEM, now)
        accepted = await _try(errand, acceptance)
    if not accepted:
        raise InvitationRefused


async def _try(errand: Errand, acceptance: Acceptance) -> bool:
    row = await _invitation(errand, acceptance.account)
    if row is None or invitation_status(errand, row) is not InvitationStatus.OPEN:
        return False
    if not matches(row.code_hash, acceptance.code, row.id):
        row.failures += 1
        errand.note("invitation.refused", row.id)
        return False
    await _open(errand, row, acceptance.password)
    return True


async def _open(errand: Errand, row: Invitation, password: str) -> None:
    staff = await errand.session.get_one(Staff, row.staff_id, with_for_update=True)
    organisation = await errand.session.get_one(Organisation, staff.organisation_id)
    if not organisation.active:
        raise OrganisationUnknown
    staff.password_hash = await hashed(errand, password)
    staff.active = True
    staff.version += 1
    row.accepted_at, row.code_hash = errand.now, None
    await take_up(errand, staff)
    errand.note("invitation.accepted", row.id)
    await tell_of_staff(errand, staff, "staff.activated")


async def _invitation(errand: Errand, account: str) -> Invitation | None:
    found = await errand.session.execute(
        select(Invitation)
        .join(Staff, col(Staff.id) == Invitation.staff_id)
        .where(col(Staff.account) == account)
        .with_for_update(of=Invitation)
    )
    return found.scalar_one_or_none()


def _door(acceptance: Acceptance) -> str:
    """Counted apart from signing in."""
    return f"invitation {acceptance.address}"
