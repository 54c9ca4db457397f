"""Asking the register of residents whether a number belongs to a house."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.intake.houses.domain.binding import BindingState, Voucher
from services.intake.houses.moving import verify
from services.intake.houses.tables import Binding, RegisteredResident
from shared.identity import SYSTEM
from shared.privacy import BlindIndex
from shared.runtime import Runtime

TABLE = "house_register"


async def is_registered(
    session: AsyncSession, index: BlindIndex, house_id: UUID, mobile: str
) -> bool:
    known = await houses_of_number(session, index, mobile, [house_id])
    return house_id in known


async def verify_pending(
    session: AsyncSession, runtime: Runtime, owner_id: UUID, mobile: str, *, at: datetime
) -> None:
    """Verifies the owner's waiting bindings to houses that the register knows the number for."""
    waiting = await _pending(session, owner_id)
    houses = [binding.house_id for binding in waiting]
    known = await houses_of_number(session, runtime.blind_index, mobile, houses)
    for binding in waiting:
        if binding.house_id in known:
            mark_verified(session, binding, at)


def mark_verified(session: AsyncSession, binding: Binding, at: datetime) -> None:
    verify(session, SYSTEM, binding, Voucher.REGISTER, at=at)


async def _pending(session: AsyncSession, owner_id: UUID) -> Sequence[Binding]:
    rows = await session.execute(
        select(Binding)
        .where(Binding.owner_id == owner_id, Binding.state == BindingState.PENDING)
        .order_by(col(Binding.id))
        .with_for_update()
    )
    return rows.scalars().all()


async def houses_of_number(
    session: AsyncSession, index: BlindIndex, mobile: str, among: Sequence[UUID]
) -> set[UUID]:
    candidates = index.candidates(mobile, table=TABLE, column="mobile")
    rows = await session.execute(
        select(RegisteredResident.house_id).where(
            col(RegisteredResident.house_id).in_(among),
            col(RegisteredResident.mobile_index).in_(candidates),
        )
    )
    return set(rows.scalars())
