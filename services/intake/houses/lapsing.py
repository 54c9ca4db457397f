"""Tenancies end with their last day, and codes nobody can use any more are swept out."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col, select

from services.intake.houses.commands import Errand, let_go
from services.intake.houses.domain.binding import BindingForbidden, BindingState
from services.intake.houses.tables import Binding, HomeInvitation
from services.intake.owners.tables import SmsCode
from shared.clock import BEIJING
from shared.identity import SYSTEM
from shared.runtime import Runtime

ROUND = 60.0  # seconds
BATCH = 100
CODES_KEPT = timedelta(days=2)  # longer than any limit looks back
INVITATIONS_KEPT = timedelta(days=30)


async def keep_homes(runtime: Runtime) -> None:
    """Once a minute until cancelled."""
    while True:
        await end_tenancies(runtime)
        await forget_codes(runtime)
        await asyncio.sleep(ROUND)


async def end_tenancies(runtime: Runtime) -> None:
    """The last day itself is still lived there."""
    now = runtime.clock.now()
    today = now.astimezone(BEIJING).date()
    over = select(Binding.id).where(
        Binding.state == BindingState.VERIFIED, col(Binding.until) < today
    )
    async with runtime.database.transaction() as session:
        ids = (await session.execute(over.order_by(col(Binding.id)).limit(BATCH))).scalars().all()
    for binding_id in ids:
        await _end(runtime, binding_id, now)


async def _end(runtime: Runtime, binding_id: UUID, now: datetime) -> None:
    """Unless somebody was quicker."""
    async with runtime.database.transaction() as session:
        binding = await session.get_one(Binding, binding_id)
        with suppress(BindingForbidden):
            await let_go(Errand(session, runtime, SYSTEM, now), binding)


async def forget_codes(runtime: Runtime) -> None:
    now = runtime.clock.now()
    old = delete(SmsCode).where(col(SmsCode.requested_at) < now - CODES_KEPT)
    lapsed = delete(HomeInvitation).where(col(HomeInvitation.expires_at) < now - INVITATIONS_KEPT)
    async with runtime.database.transaction() as session:
        await session.execute(old)
        await session.execute(lapsed)
