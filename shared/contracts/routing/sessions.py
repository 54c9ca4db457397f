"""Sign-outs of staff."""

from __future__ import annotations

from datetime import datetime

from shared.contracts.event import Event, PublicState
from shared.contracts.routing.cases import EVERYBODY


class RevokedSession(PublicState):
    expires_at: datetime


class StaffSessionRevoked(Event):
    """A member of staff signed out; access tokens of this session are no longer good."""

    name = "routing.staff_session_revoked"
    audience = EVERYBODY

    session: RevokedSession

    @property
    def about(self) -> PublicState:
        return self.session
