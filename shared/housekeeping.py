"""The slow duties of every service: reconciliation, forgetting, revoked sessions."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import text

from shared.database import database_is_away
from shared.identity import purge_attempts, purge_sessions
from shared.messaging.outbox import CHANNEL
from shared.messaging.receipts import forget, reconcile

if TYPE_CHECKING:
    from shared.runtime import Runtime

OUTBOX_DAYS = 7
INBOX_DAYS = 90
IDEMPOTENCY_DAYS = 7
SIGN_IN_KEPT = timedelta(days=1)
ROUNDS_PER_FORGETTING = 60
ROUND = 60.0  # seconds
REVOCATION_ROUND = 1.0  # seconds

FORGET_KEYS = text("""
    DELETE FROM idempotency_key
    WHERE created_at < clock_timestamp() - make_interval(days => :days)
""")


class Housekeeping:
    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    async def run(self) -> None:
        """Keep house once a minute until cancelled."""
        patience = self._runtime.settings.reconcile_after
        while True:
            for _ in range(ROUNDS_PER_FORGETTING):
                await self.reconcile(patience=patience)
                await asyncio.sleep(min(ROUND, patience))
            await self._forget()

    async def reconcile(self, *, patience: float) -> int:
        """Send again what some service has not confirmed for `patience` seconds."""
        async with self._runtime.database.transaction() as session:
            resent = await reconcile(session, patience=patience)
        if resent:
            self._runtime.database.ring(CHANNEL)
        return resent

    async def follow_revocations(self) -> None:
        """Keep the set of revoked sessions at hand fresh until cancelled."""
        while True:
            try:
                async with self._runtime.database.transaction() as session:
                    await self._runtime.revocations.refresh(session)
            except Exception as failure:  # house: edge — only an absent database is waited out
                if not database_is_away(failure):
                    raise
            await asyncio.sleep(REVOCATION_ROUND)

    async def _forget(self) -> None:
        async with self._runtime.database.transaction() as session:
            await forget(session, outbox_days=OUTBOX_DAYS, inbox_days=INBOX_DAYS)
            await session.execute(FORGET_KEYS, {"days": IDEMPOTENCY_DAYS})
            await self._runtime.revocations.purge(session)
            before = self._runtime.clock.now() - SIGN_IN_KEPT
            await purge_attempts(session, before=before)
            await purge_sessions(session, before=before)
