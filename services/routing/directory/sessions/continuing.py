"""Going on: a refresh token is exchanged for its successor."""

from __future__ import annotations

from services.routing.directory.errand import Errand
from services.routing.directory.sessions.ending import tell_of_end
from services.routing.directory.sessions.opening import SignedIn, signed
from services.routing.directory.tables import Staff
from shared.identity import SYSTEM, Grant, RefreshSessions, SessionRevoked
from shared.runtime import Runtime


async def continue_session(runtime: Runtime, token: str, installation: str) -> SignedIn:
    """Raises Unauthenticated; after a reuse the session has ended, which outlives the refusal."""
    now = runtime.clock.now()
    async with runtime.database.transaction() as session:
        errand = Errand(runtime, session, SYSTEM, now)
        outcome = await runtime.part(RefreshSessions).rotate(
            session, token, client=installation, at=now
        )
        if isinstance(outcome, Grant):
            staff = await session.get_one(Staff, outcome.subject_id)
            if not staff.active:
                raise SessionRevoked
            return await signed(errand, staff, outcome)
        if outcome.revoked is not None:
            tell_of_end(errand, [outcome.revoked])
    raise outcome.error
