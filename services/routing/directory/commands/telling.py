"""The event of a staff account that changed."""

from __future__ import annotations

from services.routing.directory.errand import Errand
from services.routing.directory.states import staff_state
from services.routing.directory.tables import Staff
from shared.contracts.directory import StaffChanged


async def tell_of_staff(errand: Errand, staff: Staff, action: str) -> None:
    await errand.session.flush()
    state = await staff_state(errand.runtime, errand.session, staff)
    errand.tell(StaffChanged(staff=state), action)
