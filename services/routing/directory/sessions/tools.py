"""What sign-in needs at hand, put into the runtime once."""

from __future__ import annotations

from datetime import timedelta

from services.routing.directory.sessions.second_factor import SecondFactorRoles
from shared.identity import Issuer, Passwords, RefreshSessions, TokenIssuer
from shared.identity.grants import GrantIssuer
from shared.runtime import Runtime

IDLE = timedelta(hours=12)
ABSOLUTE = timedelta(days=7)


def put_tools(runtime: Runtime) -> None:
    """Raises SettingMissing without `SIGNING_KEY` and `SIGNING_KEY_ID`."""
    key = runtime.settings.text("SIGNING_KEY")
    key_id = runtime.settings.text("SIGNING_KEY_ID")
    runtime.put(TokenIssuer(key, key_id, Issuer.ROUTING, runtime.clock))
    runtime.put(GrantIssuer(key, key_id, Issuer.ROUTING, runtime.clock))
    runtime.put(RefreshSessions(runtime.revocations, idle=IDLE, absolute=ABSOLUTE))
    runtime.put(Passwords())
    runtime.put(SecondFactorRoles.parse(runtime.settings.optional("SECOND_FACTOR_ROLES")))
