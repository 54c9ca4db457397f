"""What happened to a clock after its start, written down so that its due time can be explained."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.routing.clocks.domain.history import Happened
from services.routing.clocks.tables import ClockEntry
from services.routing.occasion import Occasion
from shared.clocks import ClockRow
from shared.ids import new_id


def note(
    on: Occasion,
    clock: ClockRow,
    what: Happened,
    *,
    at: datetime,
    due_after: datetime | None = None,
    due_before: datetime | None = None,
    reason: str | None = None,
    share: float | None = None,
) -> None:
    """What is not said of the due time has not changed it."""
    before = due_before or clock.due_at
    on.session.add(
        ClockEntry(
            id=new_id(),
            case_id=clock.subject_id,
            clock_id=clock.id,
            what=what,
            at=at,
            actor_end=on.actor.end,
            reason=reason,
            share=share,
            due_before=before,
            due_after=due_after or before,
        )
    )


async def history_of(session: AsyncSession, case_id: UUID) -> Sequence[ClockEntry]:
    rows = await session.execute(
        select(ClockEntry)
        .where(col(ClockEntry.case_id) == case_id)
        .order_by(col(ClockEntry.at), col(ClockEntry.id))
    )
    return rows.scalars().all()
