"""Taking deliveries of one endpoint that are due, so that nobody else posts them meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, or_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.notify.webhooks.domain.lifecycle import DeliveryStatus
from services.notify.webhooks.secrets import held_secrets
from services.notify.webhooks.tables import WebhookDelivery, WebhookEndpoint
from shared.privacy import FieldCipher
from shared.signatures import SharedSecret

BATCH = 4
LEASE = timedelta(minutes=2)  # longer than a batch of posts may take


@dataclass(frozen=True)
class Post:
    """A body on its way. Repeated after a crash it has the same id, and the receiver knows it."""

    delivery_id: UUID
    endpoint_id: UUID
    url: str
    body: bytes = field(repr=False)
    secrets: tuple[SharedSecret, ...] = field(repr=False)


async def endpoints_due(session: AsyncSession, now: datetime) -> Sequence[UUID]:
    active = select(WebhookEndpoint.id).where(col(WebhookEndpoint.active))
    wanted = (
        select(WebhookDelivery.endpoint_id)
        .where(*_is_due(now), col(WebhookDelivery.endpoint_id).in_(active))
        .distinct()
    )
    return (await session.execute(wanted)).scalars().all()


async def claim(
    session: AsyncSession, cipher: FieldCipher, endpoint_id: UUID, now: datetime
) -> Sequence[Post]:
    """The oldest few of an active endpoint."""
    endpoint = await session.get(WebhookEndpoint, endpoint_id)
    if endpoint is None or not endpoint.active:
        return []
    due = (
        select(WebhookDelivery)
        .where(WebhookDelivery.endpoint_id == endpoint_id, *_is_due(now))
        .order_by(col(WebhookDelivery.next_at), col(WebhookDelivery.id))
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    deliveries = (await session.execute(due)).scalars().all()
    for delivery in deliveries:
        delivery.claimed_until = now + LEASE
    held = await held_secrets(session, cipher, endpoint, now)
    secrets = tuple(each.secret for each in held)
    return [Post(each.id, endpoint.id, endpoint.url, each.body, secrets) for each in deliveries]


def _is_due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    free = or_(
        col(WebhookDelivery.claimed_until).is_(None), col(WebhookDelivery.claimed_until) < now
    )
    return (
        col(WebhookDelivery.state) == DeliveryStatus.WAITING,
        col(WebhookDelivery.next_at) <= now,
        free,
    )
