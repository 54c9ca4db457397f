"""Waiting for what another task or process brings about; the test's own time limit bounds it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable


async def until(met: Callable[[], Awaitable[bool]]) -> None:
    while not await met():  # noqa: ASYNC110 — the other side is a database, not an asyncio.Event
        await asyncio.sleep(0.01)
