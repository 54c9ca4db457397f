"""What routing hears of owners who leave. The matter stays; numbers and names go."""

from __future__ import annotations

from services.routing.forgetting.commands import forget_owner, retell
from services.routing.hearing import occasion
from services.routing.subscriptions import subscriptions
from shared.contracts.intake import ComplaintRedacted, OwnerErased
from shared.messaging import Reception


@subscriptions.on(ComplaintRedacted)
async def on_complaint_redacted(reception: Reception[ComplaintRedacted]) -> None:
    await retell(occasion(reception), reception.event)


@subscriptions.on(OwnerErased)
async def on_owner_erased(reception: Reception[OwnerErased]) -> None:
    await forget_owner(occasion(reception), reception.event.owner.id)
