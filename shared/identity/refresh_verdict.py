"""What a presented refresh token means, decided from what is stored about it."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from uuid import UUID

GRACE = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class StoredToken:
    """A token's row with its session; `rotated_at` is set once it is spent."""

    session_id: UUID
    subject_id: UUID
    client_hash: bytes
    idle_expires_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    rotated_at: datetime | None
    successor_salt: bytes | None


class Verdict(Enum):
    FRESH = auto()  # not spent yet
    REPEATED = auto()  # spent a moment ago by this client, which has not used the successor
    EXPIRED = auto()
    REVOKED = auto()
    REUSED = auto()  # spent before, or presented by another client: stolen


def judge(token: StoredToken, *, client_hash: bytes, at: datetime) -> Verdict:
    if token.revoked_at is not None:
        return Verdict.REVOKED
    if at >= min(token.expires_at, token.idle_expires_at):
        return Verdict.EXPIRED
    if not hmac.compare_digest(token.client_hash, client_hash):
        return Verdict.REUSED
    if token.rotated_at is None:
        return Verdict.FRESH
    if token.successor_salt is not None and at <= token.rotated_at + GRACE:
        return Verdict.REPEATED
    return Verdict.REUSED
