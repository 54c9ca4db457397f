"""What happens when the period of a rectification runs towards its end, and out (CK-16)."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.routing.governance.commands.rectify import remind, run_out
from services.routing.governance.tables import Rectification
from services.routing.occasion import Occasion
from shared.clocks import LookAgain, Tick
from shared.identity import SYSTEM
from shared.runtime import Runtime


async def on_tick(runtime: Runtime, session: AsyncSession, tick: Tick) -> None:
    """Raises LookAgain for one in somebody's hands."""
    wanted = select(Rectification).where(col(Rectification.id) == tick.clock.subject_id)
    row = (await session.execute(wanted.with_for_update(skip_locked=True))).scalar()
    if row is None:
        raise LookAgain
    on = Occasion(runtime, session, SYSTEM, runtime.clock.now())
    if tick.breached:
        await run_out(on, row)
    else:
        await remind(on, row, tick.share)
