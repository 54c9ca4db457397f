"""Doing work when it appears: woken by a bell, and once a second in case a ring was lost."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import asyncpg
from structlog import get_logger

from shared.database import Database

POLL = 1.0  # seconds
PAUSE_AFTER_FAILURE = 0.5  # seconds

logger = get_logger(__name__)


async def whenever_rung(
    database: Database, channel: str, work: Callable[[], Awaitable[object]]
) -> None:
    """Call `work` again and again until cancelled; a lost connection is waited out."""
    while True:
        try:
            await _while_connected(database, channel, work)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as failure:
            logger.warning("sender_reconnects", channel=channel, error=type(failure).__name__)
            await asyncio.sleep(PAUSE_AFTER_FAILURE)


async def _while_connected(
    database: Database, channel: str, work: Callable[[], Awaitable[object]]
) -> None:
    wake = asyncio.Event()
    connection = await database.listen(channel, wake.set)
    try:
        while True:
            await work()
            with suppress(TimeoutError):
                await asyncio.wait_for(wake.wait(), POLL)
            wake.clear()
    finally:
        await connection.close(timeout=1)
