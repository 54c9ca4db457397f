"""Open complaints of others in the same estate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.intake.complaints.domain.repeating import ALIVE, ANSWERED
from services.intake.complaints.tables import Complaint, FollowedCase
from services.intake.houses.tables import Building
from shared.identity import Actor

Open = Row[Complaint, FollowedCase]


async def open_nearby(
    session: AsyncSession, actor: Actor, estate_id: UUID, *, since: datetime, at_most: int
) -> Sequence[Open]:
    """Newest first. Anonymous ones stay apart (X15); what has no case cannot be joined yet."""
    rows = await session.execute(
        select(Complaint, FollowedCase)
        .join(FollowedCase, col(FollowedCase.id) == Complaint.case_id)
        .where(
            col(Complaint.estate_id) == estate_id,
            col(Complaint.submitted_at) >= since,
            col(Complaint.state).in_(sorted(ALIVE)),
            col(Complaint.anonymous).is_(False),
            or_(col(Complaint.owner_id).is_(None), col(Complaint.owner_id) != actor.id),
            col(FollowedCase.state).not_in(sorted(ANSWERED)),
        )
        .order_by(col(Complaint.submitted_at).desc())
        .limit(at_most)
    )
    return rows.all()


async def numbers_of(session: AsyncSession, building_ids: Sequence[UUID]) -> dict[UUID, str]:
    rows = await session.execute(select(Building).where(col(Building.id).in_(building_ids)))
    return {building.id: building.number for building in rows.scalars()}
