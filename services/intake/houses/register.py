"""Asking the register of residents whether a number belongs to a house, and as whose."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.intake.houses.domain.binding import BindingState, Voucher
from services.intake.houses.domain.registering import vouches
from services.intake.houses.moving import verify
from services.intake.houses.tables import Binding, RegisteredResident
from shared.contracts.vocabulary import Relation
from shared.identity import SYSTEM
from shared.privacy import BlindIndex
from shared.runtime import Runtime

TABLE = "house_register"


async def verify_pending(
    session: AsyncSession, runtime: Runtime, owner_id: UUID, mobile: str, *, at: datetime
) -> None:
    """Verifies the owner's waiting bindings that the register vouches for."""
    waiting = await _pending(session, owner_id)
    await verify_registered(session, runtime.blind_index, waiting, mobile, at=at)


async def verify_registered(
    session: AsyncSession,
    index: BlindIndex,
    waiting: Sequence[Binding],
    mobile: str,
    *,
    at: datetime,
) -> None:
    """Whoever has left before waits for a desk, whatever the register still says."""
    asking = [binding for binding in waiting if binding.left_at is None]
    houses = [binding.house_id for binding in asking]
    rows = await session.execute(
        select(RegisteredResident.house_id, RegisteredResident.relation).where(
            col(RegisteredResident.house_id).in_(houses),
            col(RegisteredResident.mobile_index).in_(_entries_of(index, mobile)),
            col(RegisteredResident.left_at).is_(None),
        )
    )
    said = {house_id: Relation(word) if word else None for house_id, word in rows.all()}
    for binding in asking:
        if binding.house_id in said and vouches(said[binding.house_id], Relation(binding.relation)):
            verify(session, SYSTEM, binding, Voucher.REGISTER, at=at)


async def strike_out(
    session: AsyncSession, index: BlindIndex, house_id: UUID, mobile: str, *, at: datetime
) -> None:
    """The number's stay there is over, for whichever account asks with it."""
    await session.execute(
        update(RegisteredResident)
        .where(
            col(RegisteredResident.house_id) == house_id,
            col(RegisteredResident.mobile_index).in_(_entries_of(index, mobile)),
        )
        .values(left_at=at)
    )


def _entries_of(index: BlindIndex, mobile: str) -> list[str]:
    return index.candidates(mobile, table=TABLE, column="mobile")


async def _pending(session: AsyncSession, owner_id: UUID) -> Sequence[Binding]:
    rows = await session.execute(
        select(Binding)
        .where(Binding.owner_id == owner_id, Binding.state == BindingState.PENDING)
        .order_by(col(Binding.id))
        .with_for_update()
    )
    return rows.scalars().all()
