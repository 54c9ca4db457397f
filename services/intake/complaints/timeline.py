"""Writing lines into complaints' timelines, each fact once."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.intake.complaints.domain.wording import Line
from services.intake.complaints.tables import TimelineEntry


async def write_line(
    session: AsyncSession,
    complaint_id: UUID,
    line: Line,
    *,
    fact: UUID,
    kind: str,
    at: datetime,
    position: int = 0,
) -> None:
    """`fact` is the id of the event that tells of it; a known one is left as it stands (X36)."""
    row = asdict(line) | {
        "complaint_id": complaint_id,
        "event_id": fact,
        "kind": kind,
        "at": at,
        "position": position,
    }
    await session.execute(insert(TimelineEntry).values(row).on_conflict_do_nothing())
