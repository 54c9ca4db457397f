"""What was counted by network address is kept no longer than the limit counts it (T01)."""

from __future__ import annotations

from sqlalchemy import delete
from sqlmodel import col

from services.intake.complaints.tables import FilingTally
from shared.runtime import Runtime


async def forget_tallies(runtime: Runtime) -> None:
    """Hours that began before the window."""
    now = runtime.clock.now()
    before = now - runtime.rulebooks.in_force_at(now).filing_limits.address.window
    async with runtime.database.transaction() as session:
        await session.execute(delete(FilingTally).where(col(FilingTally.hour) < before))
