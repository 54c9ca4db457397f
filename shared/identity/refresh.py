"""Sessions kept alive by refresh tokens that rotate at every use (RFC 9700 section 4.14).

Only hashes are stored. A token that comes twice was stolen from somebody, so its whole session
ends; the exception is the lost response: for ten seconds the same client gets the same successor
again. The successor is derived from the spent token and a salt that is kept for just as long, so
two requests at once agree on it and nothing that opens a session is ever written down.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.errors import Unauthenticated
from shared.identity.refresh_verdict import StoredToken, Verdict, judge
from shared.identity.refusals import SessionRevoked, TokenExpired, TokenInvalid
from shared.identity.revocations import Revocations
from shared.ids import new_id

PREFIX = "ldr_"


@dataclass(frozen=True, slots=True)
class Grant:
    """A session and the token that continues it. `expires_at` is the end if it is not used."""

    session_id: UUID
    subject_id: UUID
    refresh_token: str
    expires_at: datetime

    def __repr__(self) -> str:
        return f"Grant(session_id={self.session_id!r}, expires_at={self.expires_at!r})"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Not granted. Commit first, then raise `error`: a revocation must outlive the refusal.

    `revoked` names the session that this reuse has ended, for the other services to know.
    """

    error: Unauthenticated
    revoked: UUID | None = None


@dataclass(frozen=True, slots=True)
class OpenSession:
    """`idle_expires_at` is the end of a session that is not used, `expires_at` of any."""

    session_id: UUID
    opened_at: datetime
    idle_expires_at: datetime
    expires_at: datetime


async def purge_sessions(session: AsyncSession, *, before: datetime) -> None:
    """Deletes sessions that could not be continued after `before`, tokens included."""
    await session.execute(
        text("DELETE FROM refresh_session WHERE expires_at < :before"), {"before": before}
    )


class RefreshSessions:
    """`idle` ends a session that is not used, `absolute` one that is (ASVS 7.3)."""

    def __init__(self, revocations: Revocations, *, idle: timedelta, absolute: timedelta) -> None:
        self._revocations = revocations
        self._idle = idle
        self._absolute = absolute

    async def open(
        self, session: AsyncSession, *, subject_id: UUID, client: str, at: datetime
    ) -> Grant:
        """Starts a session. `client` is an installation id that stays the same, no user agent."""
        token = PREFIX + _text(os.urandom(32))
        expires_at = at + self._absolute
        grant = Grant(new_id(), subject_id, token, min(at + self._idle, expires_at))
        await session.execute(
            text(_OPEN),
            {
                "session_id": grant.session_id,
                "subject_id": subject_id,
                "client_hash": _hash(client),
                "at": at,
                "idle_expires_at": grant.expires_at,
                "expires_at": expires_at,
                "token_hash": _hash(token),
            },
        )
        return grant

    async def rotate(
        self, session: AsyncSession, token: str, *, client: str, at: datetime
    ) -> Grant | Refusal:
        """Spends a token for its successor; the caller commits in either case."""
        stored = await _stored(session, token)
        if stored is None:
            return Refusal(TokenInvalid())
        match judge(stored, client_hash=_hash(client), at=at):
            case Verdict.FRESH:
                return await self._spend(session, stored, token, at)
            case Verdict.REPEATED:
                return _granted(stored, _successor(token, stored.successor_salt or b""))
            case Verdict.EXPIRED:
                return Refusal(TokenExpired())
            case Verdict.REVOKED:
                return Refusal(SessionRevoked())
            case Verdict.REUSED:
                ended = await self._revoke(session, [stored.session_id], at, "REUSE")
                return Refusal(SessionRevoked(), ended[0])

    async def sign_out(
        self, session: AsyncSession, session_id: UUID, *, at: datetime
    ) -> Sequence[UUID]:
        """Ends one session; empty when it had ended before."""
        return await self._revoke(session, [session_id], at, "SIGN_OUT")

    async def going_on(
        self, session: AsyncSession, subject_id: UUID, *, at: datetime
    ) -> Sequence[OpenSession]:
        """The sessions of a person that can still be continued, the newest first."""
        rows = await session.execute(text(_GOING_ON), {"subject_id": subject_id, "at": at})
        return [OpenSession(**row._mapping) for row in rows]

    async def sign_out_everywhere(
        self, session: AsyncSession, subject_id: UUID, *, at: datetime
    ) -> Sequence[UUID]:
        """Ends every session of a person, e.g. when the account is disabled; returns which."""
        rows = await session.execute(
            text(
                "SELECT session_id FROM refresh_session"
                " WHERE subject_id = :subject_id AND revoked_at IS NULL AND expires_at > :at"
            ),
            {"subject_id": subject_id, "at": at},
        )
        return await self._revoke(session, [row.session_id for row in rows], at, "EVERYWHERE")

    async def _spend(
        self, session: AsyncSession, stored: StoredToken, token: str, at: datetime
    ) -> Grant:
        salt = os.urandom(16)
        successor = _successor(token, salt)
        rows = await session.execute(
            text(_SPEND),
            {
                "session_id": stored.session_id,
                "token_hash": _hash(token),
                "successor_hash": _hash(successor),
                "salt": salt,
                "at": at,
                "idle_expires_at": at + self._idle,
            },
        )
        return Grant(stored.session_id, stored.subject_id, successor, rows.scalar_one())

    async def _revoke(
        self, session: AsyncSession, session_ids: list[UUID], at: datetime, because: str
    ) -> Sequence[UUID]:
        rows = await session.execute(
            text(_REVOKE), {"session_ids": session_ids, "at": at, "because": because}
        )
        ended = rows.scalars().all()
        await self._revocations.record(session, ended, at=at)
        return ended


async def _stored(session: AsyncSession, token: str) -> StoredToken | None:
    row = (await session.execute(text(_FIND), {"token_hash": _hash(token)})).one_or_none()
    return StoredToken(**row._mapping) if row else None


def _granted(stored: StoredToken, token: str) -> Grant:
    return Grant(stored.session_id, stored.subject_id, token, stored.idle_expires_at)


def _successor(token: str, salt: bytes) -> str:
    return PREFIX + _text(hmac.digest(token.encode(), salt, hashlib.sha256))


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


def _text(secret: bytes) -> str:
    return base64.urlsafe_b64encode(secret).rstrip(b"=").decode()


_OPEN = """
    WITH opened AS (
        INSERT INTO refresh_session (session_id, subject_id, client_hash, opened_at,
                                     idle_expires_at, expires_at)
        VALUES (:session_id, :subject_id, :client_hash, :at, :idle_expires_at, :expires_at)
        RETURNING session_id)
    INSERT INTO refresh_token (token_hash, session_id, issued_at)
    SELECT :token_hash, session_id, :at FROM opened"""

# Both rows are locked: of two requests at once the second sees what the first has done.
_FIND = """
    SELECT s.session_id, s.subject_id, s.client_hash, s.idle_expires_at, s.expires_at,
           s.revoked_at, t.rotated_at, t.successor_salt
      FROM refresh_session s JOIN refresh_token t USING (session_id)
     WHERE t.token_hash = :token_hash
       FOR UPDATE"""

# The salt of the token before is forgotten: its successor has proved to have arrived.
_SPEND = """
    WITH spent AS (
        UPDATE refresh_token
           SET rotated_at = CASE token_hash WHEN :token_hash THEN :at ELSE rotated_at END,
               successor_salt = CASE token_hash WHEN :token_hash THEN CAST(:salt AS bytea) END
         WHERE session_id = :session_id
           AND (token_hash = :token_hash OR successor_salt IS NOT NULL)),
    follows AS (
        INSERT INTO refresh_token (token_hash, session_id, issued_at)
        VALUES (:successor_hash, :session_id, :at))
    UPDATE refresh_session
       SET idle_expires_at = least(:idle_expires_at, expires_at)
     WHERE session_id = :session_id
    RETURNING idle_expires_at"""

_GOING_ON = """
    SELECT session_id, opened_at, idle_expires_at, expires_at
      FROM refresh_session
     WHERE subject_id = :subject_id AND revoked_at IS NULL AND idle_expires_at > :at
     ORDER BY opened_at DESC, session_id DESC"""

_REVOKE = """
    UPDATE refresh_session
       SET revoked_at = :at, revoked_because = :because
     WHERE session_id = ANY(CAST(:session_ids AS uuid[])) AND revoked_at IS NULL
    RETURNING session_id"""
