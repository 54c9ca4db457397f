"""What owners' room hears: staff whose sessions ended, and return visits made by telephone."""

from __future__ import annotations

from services.intake.owners import numbers
from services.intake.subscriptions import subscriptions
from shared.contracts.routing import StaffSessionRevoked
from shared.contracts.survey import VisitCallingBegan
from shared.messaging import Reception


@subscriptions.on(StaffSessionRevoked)
async def end_staff_session(reception: Reception[StaffSessionRevoked]) -> None:
    await reception.runtime.revocations.record(
        reception.session, [reception.event.session.id], at=reception.envelope.time
    )


@subscriptions.on(VisitCallingBegan)
async def tell_number(reception: Reception[VisitCallingBegan]) -> None:
    await numbers.tell_number(reception)
