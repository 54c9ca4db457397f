"""What owners' sign-in hears: staff whose sessions ended at routing."""

from __future__ import annotations

from services.intake.subscriptions import subscriptions
from shared.contracts.routing import StaffSessionRevoked
from shared.messaging import Reception


@subscriptions.on(StaffSessionRevoked)
async def end_staff_session(reception: Reception[StaffSessionRevoked]) -> None:
    await reception.runtime.revocations.record(
        reception.session, [reception.event.session.id], at=reception.envelope.time
    )
