"""Sessions that ended before their tokens did: a small table, and its copy in memory."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.clock import Clock
from shared.database import after_commit
from shared.identity.tokens import ACCESS_LIFETIME

REMEMBERED = ACCESS_LIFETIME + timedelta(minutes=5)


class Revocations:
    """What every process of a service knows about ended sessions.

    `record` writes a sign-out of our own or one that the other issuer announced by event;
    `refresh`, called every second or so, brings the rows of other processes into memory. A row
    matters only as long as an access token of its session could still be alive.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until: dict[UUID, datetime] = {}

    def includes(self, session_id: UUID) -> bool:
        return session_id in self._until

    async def record(
        self, session: AsyncSession, session_ids: Iterable[UUID], *, at: datetime
    ) -> None:
        """Known here as soon as the transaction is durable. Recording again changes nothing."""
        until = max(at, self._clock.now()) + REMEMBERED
        ended = dict.fromkeys(session_ids, until)
        if not ended:
            return
        await session.execute(
            text(
                "INSERT INTO revoked_session (session_id, revoked_at, until)"
                " SELECT unnest(CAST(:ids AS uuid[])), :at, :until ON CONFLICT DO NOTHING"
            ),
            {"ids": list(ended), "at": at, "until": until},
        )
        after_commit(session, lambda: self._until.update(ended))

    async def refresh(self, session: AsyncSession) -> None:
        """Adds what others recorded and forgets what no token can outlive."""
        now = self._clock.now()
        rows = await session.execute(
            text("SELECT session_id, until FROM revoked_session WHERE until > :now"), {"now": now}
        )
        known = self._until | {row.session_id: row.until for row in rows}
        self._until = {session_id: until for session_id, until in known.items() if until > now}

    async def purge(self, session: AsyncSession) -> None:
        """Deletes rows that matter to nobody any more."""
        await session.execute(
            text("DELETE FROM revoked_session WHERE until <= :now"), {"now": self._clock.now()}
        )
