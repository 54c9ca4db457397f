"""Sessions end here and, by event, in every other service."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from services.routing.directory.errand import Errand
from shared.contracts.routing import RevokedSession, StaffSessionRevoked
from shared.identity import ACCESS_LIFETIME, RefreshSessions


async def end_session(errand: Errand, session_id: UUID) -> None:
    """Signing out again changes nothing."""
    sessions = errand.runtime.part(RefreshSessions)
    tell_of_end(errand, await sessions.sign_out(errand.session, session_id, at=errand.now))


async def end_every_session(errand: Errand, staff_id: UUID) -> None:
    sessions = errand.runtime.part(RefreshSessions)
    tell_of_end(errand, await sessions.sign_out_everywhere(errand.session, staff_id, at=errand.now))


def tell_of_end(errand: Errand, session_ids: Iterable[UUID]) -> None:
    for session_id in session_ids:
        state = RevokedSession(id=session_id, version=1, expires_at=errand.now + ACCESS_LIFETIME)
        errand.tell(StaffSessionRevoked(session=state), "session.revoked")
