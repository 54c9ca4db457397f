"""An account is closed for good, whether it was open or still waited for its person."""

from __future__ import annotations

from services.routing.directory.commands.invitations import withdraw_pending
from services.routing.directory.commands.positions import require_present
from services.routing.directory.commands.standing import held_roles
from services.routing.directory.commands.telling import tell_of_staff
from services.routing.directory.errand import Errand
from services.routing.directory.sessions.ending import end_every_session
from services.routing.directory.tables import Staff


async def close_account(errand: Errand, staff: Staff) -> Staff:
    """Closing twice changes nothing."""
    await require_present(errand, staff, await held_roles(errand, staff.id))
    await withdraw_pending(errand, staff)
    if not staff.active:
        return staff
    staff.version += 1
    staff.active = False
    await tell_of_staff(errand, staff, "staff.closed")
    await end_every_session(errand, staff.id)
    return staff
