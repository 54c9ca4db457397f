"""A cycle of meetings ends; and whoever convenes is watched from the day it is known."""

from __future__ import annotations

import asyncio

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.routing.directory.tables import Organisation
from services.routing.governance.commands.meetings import end_cycle, watch_convenors
from services.routing.occasion import Occasion
from shared.clocks import LookAgain, Tick
from shared.database import database_is_away
from shared.identity import SYSTEM
from shared.runtime import Runtime

ROUND = 60.0  # seconds


async def on_tick(runtime: Runtime, session: AsyncSession, tick: Tick) -> None:
    """Raises LookAgain while somebody changes the organisation."""
    wanted = select(Organisation).where(col(Organisation.id) == tick.clock.subject_id)
    convenor = (await session.execute(wanted.with_for_update(skip_locked=True))).scalar()
    if convenor is None:
        raise LookAgain
    on = Occasion(runtime, session, SYSTEM, runtime.clock.now())
    await end_cycle(on, convenor, tick.clock)


async def follow_the_convenors(runtime: Runtime) -> None:
    """Look again and again until cancelled."""
    while True:
        try:
            await watch_all(runtime)
        except Exception as failure:  # house: edge — only an absent database is waited out
            if not database_is_away(failure):
                raise
        await asyncio.sleep(ROUND)


async def watch_all(runtime: Runtime) -> None:
    """Everybody who is not watched yet, some at a time."""
    while await _some(runtime):
        pass


async def _some(runtime: Runtime) -> int:
    async with runtime.database.transaction() as session:
        return await watch_convenors(Occasion(runtime, session, SYSTEM, runtime.clock.now()))
