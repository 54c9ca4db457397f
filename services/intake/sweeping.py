"""Counts and codes that no limit looks back at any more are swept out."""

from __future__ import annotations

import asyncio

from services.intake.complaints.forgetting import forget_tallies
from services.intake.owners.forgetting import forget_codes
from shared.database import database_is_away
from shared.runtime import Runtime

ROUND = 3600.0  # seconds


async def sweep_counts(runtime: Runtime) -> None:
    """A duty of the worker: a round every hour, until cancelled."""
    while True:
        try:
            await forget_codes(runtime)
            await forget_tallies(runtime)
        except Exception as failure:  # house: edge — only an absent database is waited out
            if not database_is_away(failure):
                raise
        await asyncio.sleep(ROUND)
