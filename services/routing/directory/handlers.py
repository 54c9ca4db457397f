"""What the directory hears: owners whose sessions ended, so that their tokens end here too."""

from __future__ import annotations

from services.routing.subscriptions import subscriptions
from shared.contracts.intake import OwnerSessionRevoked
from shared.messaging import Reception


@subscriptions.on(OwnerSessionRevoked)
async def on_owner_session_revoked(reception: Reception[OwnerSessionRevoked]) -> None:
    ended = [reception.event.session.id]
    await reception.runtime.revocations.record(reception.session, ended, at=reception.now)
