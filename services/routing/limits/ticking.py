"""What happens when the date comes that a suspension ends at (T28)."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.routing.cases.queries import opened
from services.routing.cases.tables import Case
from services.routing.limits.commands.resume import resume_at_the_end
from services.routing.limits.tables import Suspension
from services.routing.occasion import Occasion
from shared.clocks import LookAgain, Tick
from shared.contracts.vocabulary import CaseStatus
from shared.identity import SYSTEM
from shared.runtime import Runtime


async def on_tick(runtime: Runtime, session: AsyncSession, tick: Tick) -> None:
    """Whoever resumed before has stopped this clock. Raises LookAgain for a case in somebody's
    hands.
    """
    suspension = await session.get_one(Suspension, tick.clock.subject_id)
    wanted = select(Case).where(col(Case.id) == suspension.case_id)
    case = (await session.execute(wanted.with_for_update(skip_locked=True))).scalar()
    if case is None:
        raise LookAgain
    if case.status is CaseStatus.SUSPENDED:
        on = Occasion(runtime, session, SYSTEM, runtime.clock.now(), ran_out_at=tick.at)
        await resume_at_the_end(on, await opened(session, case), suspension)
