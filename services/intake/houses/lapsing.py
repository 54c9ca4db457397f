"""Tenancies end with their last day, and invitations nobody can use any more are swept out."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col, select

from services.intake.houses.commands import Errand, let_go, locked
from services.intake.houses.domain.binding import BindingState
from services.intake.houses.tables import Binding, HomeInvitation
from shared.clock import BEIJING
from shared.identity import SYSTEM
from shared.runtime import Runtime

ROUND = 60.0  # seconds
BATCH = 100
INVITATIONS_KEPT = timedelta(days=30)


async def keep_homes(runtime: Runtime) -> None:
    """Once a minute until cancelled."""
    while True:
        await end_tenancies(runtime)
        await forget_invitations(runtime)
        await asyncio.sleep(ROUND)


async def end_tenancies(runtime: Runtime) -> None:
    """The last day itself is still lived there."""
    now = runtime.clock.now()
    today = _day(now)
    over = select(Binding.id).where(
        Binding.state == BindingState.VERIFIED, col(Binding.until) < today
    )
    async with runtime.database.transaction() as session:
        ids = (await session.execute(over.order_by(col(Binding.id)).limit(BATCH))).scalars().all()
    for binding_id in ids:
        await _end(runtime, binding_id, now)


async def _end(runtime: Runtime, binding_id: UUID, now: datetime) -> None:
    """Unless somebody was quicker: it may have ended, and be another tenancy by now."""
    async with runtime.database.transaction() as session:
        errand = Errand(session, runtime, SYSTEM, now)
        binding = await session.get_one(Binding, binding_id)
        await locked(errand, [binding])
        if _is_over(binding, now):
            await let_go(errand, binding)


def _is_over(binding: Binding, now: datetime) -> bool:
    lives_there = binding.state == BindingState.VERIFIED
    return lives_there and binding.until is not None and binding.until < _day(now)


def _day(now: datetime) -> date:
    return now.astimezone(BEIJING).date()


async def forget_invitations(runtime: Runtime) -> None:
    before = runtime.clock.now() - INVITATIONS_KEPT
    lapsed = delete(HomeInvitation).where(col(HomeInvitation.expires_at) < before)
    async with runtime.database.transaction() as session:
        await session.execute(lapsed)
