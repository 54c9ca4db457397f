"""Access tokens for the hotline's adapter: fifteen minutes, no refresh, ask again."""

from __future__ import annotations

import hmac
from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from services.intake.channels.domain.hotline import ClientRefused
from services.intake.channels.hotline.schemas import ClientCredentials, HotlineSession
from services.intake.settings import IntakeSettings
from shared.clock import BEIJING
from shared.identity import Actor, AttemptLimit, End, Role, TokenIssuer, admit, forgive
from shared.ids import new_id
from shared.runtime import Runtime

LIMIT = AttemptLimit(attempts=10, window=timedelta(minutes=5))
ANYWHERE = "*"


async def open_hotline_session(runtime: Runtime, given: ClientCredentials) -> HotlineSession:
    """Attempts count before the secret is looked at. Raises ClientRefused or TooManyAttempts."""
    account = f"hotline:{given.client_id}"
    async with runtime.database.transaction() as session:
        now = runtime.clock.now()
        await admit(session, account=account, address=ANYWHERE, limit=LIMIT, at=now)
    if not _known(runtime.part(IntakeSettings), given):
        raise ClientRefused
    async with runtime.database.transaction() as session:
        await forgive(session, account=account, address=ANYWHERE)
    token = runtime.part(TokenIssuer).issue(acting_hotline(given.client_id))
    return HotlineSession(access_token=token.value, expires_at=token.expires_at.astimezone(BEIJING))


def _known(settings: IntakeSettings, given: ClientCredentials) -> bool:
    """Nobody is when none are configured: what is given is never empty."""
    expected = f"{settings.hotline_client_id}\0{settings.hotline_client_secret}"
    offered = f"{given.client_id}\0{given.client_secret}"
    return hmac.compare_digest(offered.encode(), expected.encode())


def acting_hotline(client_id: str) -> Actor:
    """The same for the same client, whatever the session."""
    return Actor(
        id=uuid5(NAMESPACE_URL, f"liuduan:hotline:{client_id}"),
        end=End.INTEGRATION,
        roles=frozenset({Role.HOTLINE}),
        session_id=new_id(),
    )
