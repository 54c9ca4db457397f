"""Taking deliveries of one endpoint that are due, so that nobody else posts them meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from services.notify.exceptions.queries import opened_for
from services.notify.webhooks.domain.lifecycle import DeliveryStatus
from services.notify.webhooks.domain.order import HOLDS_UP
from services.notify.webhooks.secrets import held_secrets
from services.notify.webhooks.tables import WebhookDelivery, WebhookEndpoint
from shared.egress import Network
from shared.privacy import FieldCipher
from shared.signatures import SharedSecret

LEASE = timedelta(seconds=30)  # longer than a post and its recording may take


@dataclass(frozen=True)
class Post:
    """A body on its way. Repeated after a crash it has the same id, and the receiver knows it.

    `claimed_until` is the token of this claim: who comes back after it was given to another
    changes nothing.
    """

    delivery_id: UUID
    endpoint_id: UUID
    claimed_until: datetime
    url: str
    body: bytes = field(repr=False)
    secrets: tuple[SharedSecret, ...] = field(repr=False)
    opened: tuple[Network, ...] = ()


async def endpoints_due(session: AsyncSession, now: datetime) -> Sequence[UUID]:
    at_work = select(WebhookEndpoint.id).where(*_takes_posts(now))
    wanted = (
        select(WebhookDelivery.endpoint_id)
        .where(*_is_due(now), col(WebhookDelivery.endpoint_id).in_(at_work))
        .distinct()
    )
    return (await session.execute(wanted)).scalars().all()


async def claim(
    session: AsyncSession, cipher: FieldCipher, endpoint_id: UUID, now: datetime
) -> Sequence[Post]:
    """The oldest few of an endpoint, as many as it has room for, no two of one case."""
    endpoint = await _endpoint(session, endpoint_id, now)
    if endpoint is None:
        return []
    room = endpoint.health.room(await _under_way(session, endpoint_id, now), now)
    deliveries = await _due(session, endpoint_id, now, room) if room else []
    until = now + LEASE
    for delivery in deliveries:
        delivery.claimed_until = until
    opened = await opened_for(session, endpoint_id) if deliveries else ()
    held = await held_secrets(session, cipher, endpoint, now) if deliveries else ()
    secrets = tuple(each.secret for each in held)
    return [
        Post(each.id, endpoint.id, until, endpoint.url, each.body, secrets, opened)
        for each in deliveries
    ]


async def _endpoint(
    session: AsyncSession, endpoint_id: UUID, now: datetime
) -> WebhookEndpoint | None:
    """Locked: several processes claim for one endpoint in turns."""
    wanted = select(WebhookEndpoint).where(WebhookEndpoint.id == endpoint_id, *_takes_posts(now))
    return (await session.execute(wanted.with_for_update())).scalar_one_or_none()


async def _under_way(session: AsyncSession, endpoint_id: UUID, now: datetime) -> int:
    wanted = select(func.count()).where(
        WebhookDelivery.endpoint_id == endpoint_id,
        WebhookDelivery.state == DeliveryStatus.WAITING,
        col(WebhookDelivery.claimed_until) >= now,
    )
    return (await session.execute(wanted)).scalar_one()


async def _due(
    session: AsyncSession, endpoint_id: UUID, now: datetime, room: int
) -> Sequence[WebhookDelivery]:
    due = (
        select(WebhookDelivery)
        .where(WebhookDelivery.endpoint_id == endpoint_id, *_is_due(now))
        .order_by(col(WebhookDelivery.again), col(WebhookDelivery.next_at), col(WebhookDelivery.id))
        .limit(room)
        .with_for_update(skip_locked=True)
    )
    return (await session.execute(due)).scalars().all()


def _takes_posts(now: datetime) -> tuple[ColumnElement[bool], ...]:
    probed_later = col(WebhookEndpoint.probe_at) > now
    return (
        col(WebhookEndpoint.active).is_(True),
        col(WebhookEndpoint.paused_at).is_(None),
        or_(col(WebhookEndpoint.probe_at).is_(None), ~probed_later),
    )


def _is_due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    free = or_(
        col(WebhookDelivery.claimed_until).is_(None), col(WebhookDelivery.claimed_until) < now
    )
    return (
        col(WebhookDelivery.state) == DeliveryStatus.WAITING,
        col(WebhookDelivery.next_at) <= now,
        free,
        ~_held_up(),
    )


def _held_up() -> ColumnElement[bool]:
    """Whether an older delivery of the case goes first, see `domain/order.py`."""
    older = aliased(WebhookDelivery)
    return exists().where(
        col(older.endpoint_id) == col(WebhookDelivery.endpoint_id),
        col(older.case_id) == col(WebhookDelivery.case_id),
        col(older.state) == DeliveryStatus.WAITING,
        col(older.id) < col(WebhookDelivery.id),
        col(older.attempts) < HOLDS_UP,
        or_(~col(older.again), col(WebhookDelivery.again)),
    )
