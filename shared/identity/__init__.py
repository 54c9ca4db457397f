"""Who is calling: actors, their tokens, sign-in sessions, passwords and one-time codes.

Intake signs tokens for owners, routing for staff; everybody verifies both with public keys from
the configuration. A token lives fifteen minutes, a session is kept alive by refresh tokens that
rotate, and a revoked session is refused at once, remembered tokens included.
"""

from __future__ import annotations

from shared.identity.actor import SYSTEM, Actor, End, Role, Scope
from shared.identity.attempts import AttemptLimit, TooManyAttempts, admit, forgive, purge_attempts
from shared.identity.keys import (
    BadKey,
    TrustedKey,
    TrustedKeys,
    new_signing_key,
    public_part,
    signing_key,
)
from shared.identity.passwords import PasswordCheck, Passwords
from shared.identity.refresh import Grant, RefreshSessions, Refusal, purge_sessions
from shared.identity.refusals import SessionRevoked, TokenExpired, TokenInvalid, TokenMissing
from shared.identity.revocations import Revocations
from shared.identity.signed import Issuer
from shared.identity.tables import add_tables
from shared.identity.tokens import ACCESS_LIFETIME, AccessToken, NotIssuable, TokenIssuer
from shared.identity.totp import matching_step, new_totp_secret, totp_uri
from shared.identity.verifier import TokenVerifier

__all__ = [
    "ACCESS_LIFETIME",
    "SYSTEM",
    "AccessToken",
    "Actor",
    "AttemptLimit",
    "BadKey",
    "End",
    "Grant",
    "Issuer",
    "NotIssuable",
    "PasswordCheck",
    "Passwords",
    "RefreshSessions",
    "Refusal",
    "Revocations",
    "Role",
    "Scope",
    "SessionRevoked",
    "TokenExpired",
    "TokenInvalid",
    "TokenIssuer",
    "TokenMissing",
    "TokenVerifier",
    "TooManyAttempts",
    "TrustedKey",
    "TrustedKeys",
    "add_tables",
    "admit",
    "forgive",
    "matching_step",
    "new_signing_key",
    "new_totp_secret",
    "public_part",
    "purge_attempts",
    "purge_sessions",
    "signing_key",
    "totp_uri",
]
