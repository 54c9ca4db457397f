"""The loop that clears old drafts away."""

from __future__ import annotations

import asyncio

from services.intake.drafts.commands import clear
from shared.database import database_is_away
from shared.runtime import Runtime

ROUND = 3600.0  # seconds


async def clear_drafts(runtime: Runtime) -> None:
    """Look again and again until cancelled."""
    while True:
        try:
            await clear(runtime)
        except Exception as failure:  # house: edge — only an absent database is waited out
            if not database_is_away(failure):
                raise
        await asyncio.sleep(ROUND)
