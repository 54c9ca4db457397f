"""Grids, by building and day, and their people (B20)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.routing.directory.queries.known import KnownGrid, KnownStaff
from services.routing.directory.queries.people import known_staff
from services.routing.directory.tables import Coverage, Grid, GridWorker, Staff
from shared.clock import BEIJING
from shared.identity import Role


async def grid_of_building(
    session: AsyncSession, building_id: UUID, at: datetime
) -> KnownGrid | None:
    """The grid that covers the building on that day in Beijing (B20, X30)."""
    day = at.astimezone(BEIJING).date()
    found = await session.execute(
        select(Grid)
        .join(Coverage, col(Coverage.grid_id) == Grid.id)
        .where(col(Coverage.building_id) == building_id, col(Coverage.valid_from) <= day)
        .order_by(col(Coverage.valid_from).desc())
        .limit(1)
    )
    row = found.scalar_one_or_none()
    return known_grid(row) if row else None


async def grid_leader(session: AsyncSession, grid_code: str) -> KnownStaff | None:
    """The leader of the grid, if there is an active one (A05)."""
    found = await session.execute(
        select(Staff)
        .join(Grid, col(Grid.leader_id) == Staff.id)
        .where(
            col(Grid.code) == grid_code,
            col(Staff.active),
            col(Staff.roles).contains([Role.GRID_LEADER]),
        )
    )
    row = found.scalar_one_or_none()
    return known_staff(row) if row else None


async def grid_workers(session: AsyncSession, grid_code: str) -> tuple[KnownStaff, ...]:
    """Active workers in the order to be asked (A02)."""
    rows = await session.execute(
        select(Staff)
        .join(GridWorker, col(GridWorker.staff_id) == Staff.id)
        .join(Grid, col(Grid.id) == GridWorker.grid_id)
        .where(
            col(Grid.code) == grid_code,
            col(Staff.active),
            col(Staff.roles).contains([Role.GRID_WORKER]),
        )
        .order_by(col(GridWorker.position))
    )
    return tuple(known_staff(row) for row in rows.scalars())


def known_grid(row: Grid) -> KnownGrid:
    return KnownGrid(
        id=row.id, code=row.code, community_id=row.community_id, leader_id=row.leader_id
    )
