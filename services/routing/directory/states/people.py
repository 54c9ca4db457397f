"""Grids with their people, and staff with contacts that only notify can open."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, or_, select

from services.routing.directory.tables import Grid, GridWorker, Mediator, Staff
from shared.contracts.directory import GridState, StaffState
from shared.privacy import Sealed
from shared.runtime import Runtime

CONTACTS = ("openid", "mobile")


async def grid_state(session: AsyncSession, grid: Grid) -> GridState:
    rows = await session.execute(
        select(GridWorker.staff_id)
        .where(GridWorker.grid_id == grid.id)
        .order_by(col(GridWorker.position))
    )
    return GridState(**grid.model_dump(), worker_ids=tuple(rows.scalars()))


async def staff_state(runtime: Runtime, session: AsyncSession, staff: Staff) -> StaffState:
    mediator = await session.get(Mediator, staff.id)
    return StaffState(
        id=staff.id,
        version=staff.version,
        organisation_id=staff.organisation_id,
        end=staff.end,
        roles=tuple(sorted(staff.roles)),
        divisions=tuple(staff.divisions),
        estate_ids=tuple(staff.estate_ids),
        grid_codes=await grid_codes_of(session, staff.id),
        full_time_mediator=mediator is not None and mediator.full_time,
        active=staff.active,
        **{name: sealed_contact(runtime, staff, name) for name in CONTACTS},
    )


async def grid_codes_of(session: AsyncSession, staff_id: UUID) -> tuple[str, ...]:
    """The grids this person works in or leads."""
    works_in = select(GridWorker.grid_id).where(GridWorker.staff_id == staff_id)
    rows = await session.execute(
        select(Grid.code)
        .where(or_(col(Grid.id).in_(works_in), Grid.leader_id == staff_id))
        .order_by(col(Grid.code))
    )
    return tuple(rows.scalars())


def contact(runtime: Runtime, staff: Staff, column: str) -> str | None:
    """`column` is openid or mobile."""
    stored: str | None = getattr(staff, column)
    if stored is None:
        return None
    return runtime.cipher.decrypt(stored, table="staff", row_id=staff.id, column=column)


def sealed_contact(runtime: Runtime, staff: Staff, column: str) -> Sealed | None:
    """Of a closed account nothing is told."""
    plain = contact(runtime, staff, column) if staff.active else None
    if plain is None:
        return None
    return runtime.sealer.seal(plain, audience="notify", subject=f"{staff.id}/{column}")
