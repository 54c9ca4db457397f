"""What reporters do with a complaint after filing it: supply, withdraw, urge (T03, T08, T45)."""

from __future__ import annotations

from uuid import UUID

from services.routing.acceptance.commands.supplement import ComplaintNotYetKnown, supplement
from services.routing.acceptance.commands.withdraw import withdraw
from services.routing.acceptance.domain.lifecycle import PendingStatus
from services.routing.acceptance.queries import in_hand, was_screened_out
from services.routing.cases.commands.urge import urge
from services.routing.cases.commands.withdraw import withdraw_complaint
from services.routing.cases.queries import holding_complaint, load
from services.routing.hearing import occasion, owner
from services.routing.occasion import Occasion
from services.routing.subscriptions import subscriptions
from shared.contracts.intake import ComplaintSupplemented, ComplaintUrged, ComplaintWithdrawn
from shared.messaging import Reception


@subscriptions.on(ComplaintSupplemented)
async def on_complaint_supplemented(reception: Reception[ComplaintSupplemented]) -> None:
    """T03."""
    event = reception.event
    await supplement(occasion(reception, owner(event.complaint.owner_id)), event)


@subscriptions.on(ComplaintWithdrawn)
async def on_complaint_withdrawn(reception: Reception[ComplaintWithdrawn]) -> None:
    """T08, X14: before acceptance it is forgotten; afterwards the case decides."""
    complaint = reception.event.complaint
    on = occasion(reception, owner(complaint.owner_id))
    pending = await in_hand(on.session, complaint.id)
    if pending is not None and pending.status is not PendingStatus.ACCEPTED:
        await withdraw(on, pending)
        return
    file = await load(on.session, holding_complaint(complaint.id))
    if file is not None:
        await withdraw_complaint(on, file, complaint.id)
        return
    await _refuse_unheard(on, complaint.id)


@subscriptions.on(ComplaintUrged)
async def on_complaint_urged(reception: Reception[ComplaintUrged]) -> None:
    """T45."""
    complaint = reception.event.complaint
    on = occasion(reception, owner(complaint.owner_id))
    file = await load(on.session, holding_complaint(complaint.id))
    if file is None:
        raise ComplaintNotYetKnown
    await urge(on, file, complaint.id, reception.event.times)


async def _refuse_unheard(on: Occasion, complaint_id: UUID) -> None:
    """A refused complaint has no case to come. Raises ComplaintNotYetKnown."""
    if not await was_screened_out(on.session, complaint_id):
        raise ComplaintNotYetKnown
