"""Roles, grids and contracts change at midnight by themselves; this loop sees it in time."""

from __future__ import annotations

import asyncio

from services.routing.directory.commands.keeping_up import turn_accounts, turn_estates
from services.routing.directory.errand import Errand
from shared.database import database_is_away
from shared.identity import SYSTEM
from shared.runtime import Runtime

ROUND = 20.0  # seconds


async def follow_the_days(runtime: Runtime) -> None:
    """Look again and again until cancelled."""
    while True:
        try:
            await turn(runtime)
        except Exception as failure:  # house: edge — only an absent database is waited out
            if not database_is_away(failure):
                raise
        await asyncio.sleep(ROUND)


async def turn(runtime: Runtime) -> None:
    """Everything that is due, some rows at a time."""
    while await _some(runtime):
        pass


async def _some(runtime: Runtime) -> int:
    async with runtime.database.transaction() as session:
        errand = Errand(runtime, session, SYSTEM, runtime.clock.now())
        return await turn_accounts(errand) + await turn_estates(errand)
