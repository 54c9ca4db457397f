"""Deliveries are kept as long as the rulebook says, and what hangs on them with them."""

from __future__ import annotations

import asyncio

from sqlalchemy import delete, exists, update
from sqlmodel import col, select

from services.notify.webhooks.domain.lifecycle import DeliveryAction, DeliveryStatus, advance
from services.notify.webhooks.tables import (
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookOldSecret,
)
from shared.database import database_is_away
from shared.runtime import Runtime

ROUND = 3600.0  # seconds
BATCH = 2000  # deliveries in one transaction


async def forget_deliveries(runtime: Runtime) -> None:
    """A duty of the worker: a round every hour, until cancelled."""
    while True:
        try:
            await forget_once(runtime)
        except Exception as failure:  # house: edge — only an absent database is waited out
            if not database_is_away(failure):
                raise
        await asyncio.sleep(ROUND)


async def forget_once(runtime: Runtime) -> None:
    """What still waits, however long, is never forgotten: nothing is dropped by a pause."""
    await _cancel_what_came_late(runtime)
    while await _forget_some(runtime):
        pass
    await _forget_endpoints(runtime)


async def _cancel_what_came_late(runtime: Runtime) -> None:
    """Written down by who had found the endpoint before its deletion was durable."""
    deleted = select(WebhookEndpoint.id).where(col(WebhookEndpoint.deleted_at).is_not(None))
    late = update(WebhookDelivery).where(
        col(WebhookDelivery.state) == DeliveryStatus.WAITING,
        col(WebhookDelivery.endpoint_id).in_(deleted),
    )
    cancelled = advance(DeliveryStatus.WAITING, DeliveryAction.CANCEL)
    async with runtime.database.transaction() as session:
        await session.execute(late.values(state=cancelled, settled_at=runtime.clock.now()))


async def _forget_some(runtime: Runtime) -> bool:
    """Whether there may be more."""
    now = runtime.clock.now()
    before = now - runtime.rulebooks.in_force_at(now).webhooks.kept
    old = (
        select(WebhookDelivery.id)
        .where(
            col(WebhookDelivery.created_at) < before,
            col(WebhookDelivery.state) != DeliveryStatus.WAITING,
        )
        .order_by(col(WebhookDelivery.created_at))
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    async with runtime.database.transaction() as session:
        ids = (await session.execute(old)).scalars().all()
        attempts = delete(WebhookAttempt).where(col(WebhookAttempt.delivery_id).in_(ids))
        await session.execute(attempts)
        await session.execute(delete(WebhookDelivery).where(col(WebhookDelivery.id).in_(ids)))
    return len(ids) == BATCH


async def _forget_endpoints(runtime: Runtime) -> None:
    """Those deleted and without deliveries, and secrets that sign no more."""
    told = exists().where(col(WebhookDelivery.endpoint_id) == col(WebhookEndpoint.id))
    gone = delete(WebhookEndpoint).where(col(WebhookEndpoint.deleted_at).is_not(None), ~told)
    over = delete(WebhookOldSecret).where(col(WebhookOldSecret.until) <= runtime.clock.now())
    async with runtime.database.transaction() as session:
        await session.execute(gone)
        await session.execute(over)
