"""Reading endpoints and deliveries: an organisation's people see those of the organisation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.notify.webhooks.tables import WebhookAttempt, WebhookDelivery, WebhookEndpoint
from shared.web.paging import PageRequest, cursor_key


async def endpoints_of(session: AsyncSession, organisation_id: UUID) -> Sequence[WebhookEndpoint]:
    wanted = select(WebhookEndpoint).where(WebhookEndpoint.organisation_id == organisation_id)
    return (await session.execute(wanted.order_by(col(WebhookEndpoint.url)))).scalars().all()


async def deliveries_of(
    session: AsyncSession, organisation_id: UUID, paging: PageRequest
) -> tuple[Sequence[WebhookDelivery], str | None]:
    """Newest first: ids rise with creation."""
    wanted = select(WebhookDelivery).where(WebhookDelivery.organisation_id == organisation_id)
    if paging.after is not None:
        wanted = wanted.where(col(WebhookDelivery.id) < cursor_key(paging.after, UUID)[0])
    newest = wanted.order_by(col(WebhookDelivery.id).desc()).limit(paging.limit + 1)
    rows = (await session.execute(newest)).scalars().all()
    return paging.cut(rows, lambda delivery: (delivery.id,))


async def last_attempts(
    session: AsyncSession, deliveries: Sequence[WebhookDelivery]
) -> Mapping[UUID, WebhookAttempt]:
    ids = [delivery.id for delivery in deliveries]
    wanted = (
        select(WebhookAttempt)
        .where(col(WebhookAttempt.delivery_id).in_(ids))
        .order_by(col(WebhookAttempt.id))
    )
    attempts = (await session.execute(wanted)).scalars()
    return {attempt.delivery_id: attempt for attempt in attempts}
