"""Wake-ups between processes: NOTIFY on a connection of its own, never in a business transaction.

A NOTIFY inside the transaction would serialise commits; from here it costs the writers nothing.
A lost wake-up is harmless: everybody who listens also polls.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress

import asyncpg

PAUSE = 0.002  # seconds between announcements; rings in between are one


class Bell:
    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._rung: set[str] = set()
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def ring(self, channel: str) -> None:
        self._rung.add(channel)
        self._wake.set()
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._announce())

    async def close(self) -> None:
        if self._task is None:
            return
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task
        self._task = None

    async def _announce(self) -> None:
        with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            connection = await asyncpg.connect(self._dsn)
            try:
                await self._announce_on(connection)
            finally:
                await connection.close(timeout=1)

    async def _announce_on(self, connection: asyncpg.Connection) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            channels, self._rung = self._rung, set()
            for channel in channels:
                await connection.execute(f'NOTIFY "{channel}"')
            await asyncio.sleep(PAUSE)
