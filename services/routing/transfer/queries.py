"""Reads of hand-overs."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.routing.transfer.tables import Transfer


async def transfers_of(session: AsyncSession, case_id: UUID) -> Sequence[Transfer]:
    rows = await session.execute(
        select(Transfer).where(col(Transfer.case_id) == case_id).order_by(col(Transfer.id))
    )
    return rows.scalars().all()


async def decided_transfer(session: AsyncSession, case_id: UUID) -> Transfer | None:
    """The one that still has to be made."""
    found = await session.execute(
        select(Transfer).where(
            col(Transfer.case_id) == case_id, col(Transfer.handed_over_at).is_(None)
        )
    )
    return found.scalar()
