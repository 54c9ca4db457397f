"""Reading endpoints and deliveries: an organisation's people see those of the organisation, the
centre's administrator those of the organisations in the own divisions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, false, func, or_
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.notify.copies.tables import OrganisationCopy
from services.notify.webhooks.domain.lifecycle import DeliveryStatus
from services.notify.webhooks.domain.policies import may_help_with_webhooks, may_receive_webhooks
from services.notify.webhooks.tables import WebhookAttempt, WebhookDelivery, WebhookEndpoint
from shared.identity import Actor
from shared.web.paging import PageRequest, cursor_key

MOST_ATTEMPTS = 50


@dataclass(frozen=True)
class DeliveryFilter:
    """From `since` on, before `until`."""

    endpoint_id: UUID | None = None
    state: DeliveryStatus | None = None
    event_type: str | None = None
    case_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None


def endpoints_visible_to(actor: Actor) -> SelectOfScalar[WebhookEndpoint]:
    """Without those that were deleted."""
    theirs = _concerns(actor, col(WebhookEndpoint.organisation_id))
    return select(WebhookEndpoint).where(theirs, col(WebhookEndpoint.deleted_at).is_(None))


def deliveries_visible_to(actor: Actor) -> SelectOfScalar[WebhookDelivery]:
    """With those to endpoints that were deleted, as long as deliveries are kept."""
    return select(WebhookDelivery).where(_concerns(actor, col(WebhookDelivery.organisation_id)))


def _concerns(actor: Actor, organisation: Mapped[UUID]) -> ColumnElement[bool]:
    if may_receive_webhooks(actor):
        return organisation == actor.organisation_id
    if not may_help_with_webhooks(actor):
        return false()
    place = col(OrganisationCopy.division)
    within = or_(false(), *(place.startswith(prefix) for prefix in actor.scope.divisions))
    return organisation.in_(select(OrganisationCopy.id).where(within))


async def endpoints_of(
    session: AsyncSession, actor: Actor, organisation_id: UUID | None
) -> Sequence[WebhookEndpoint]:
    wanted = endpoints_visible_to(actor)
    if organisation_id is not None:
        wanted = wanted.where(WebhookEndpoint.organisation_id == organisation_id)
    ordered = wanted.order_by(col(WebhookEndpoint.organisation_id), col(WebhookEndpoint.url))
    return (await session.execute(ordered)).scalars().all()


async def deliveries_of(
    session: AsyncSession, actor: Actor, asked: DeliveryFilter, paging: PageRequest
) -> tuple[Sequence[WebhookDelivery], str | None]:
    """Newest first: ids rise with creation."""
    wanted = deliveries_visible_to(actor).where(*_fits(asked))
    if paging.after is not None:
        wanted = wanted.where(col(WebhookDelivery.id) < cursor_key(paging.after, UUID)[0])
    newest = wanted.order_by(col(WebhookDelivery.id).desc()).limit(paging.limit + 1)
    rows = (await session.execute(newest)).scalars().all()
    return paging.cut(rows, lambda delivery: (delivery.id,))


def _fits(asked: DeliveryFilter) -> Iterator[ColumnElement[bool]]:
    for name in ("endpoint_id", "state", "event_type", "case_id"):
        if (value := getattr(asked, name)) is not None:
            yield col(getattr(WebhookDelivery, name)) == value
    if asked.since is not None:
        yield col(WebhookDelivery.created_at) >= asked.since
    if asked.until is not None:
        yield col(WebhookDelivery.created_at) < asked.until


async def last_attempts(
    session: AsyncSession, deliveries: Sequence[WebhookDelivery]
) -> Mapping[UUID, WebhookAttempt]:
    ids = [delivery.id for delivery in deliveries]
    wanted = (
        select(WebhookAttempt)
        .where(col(WebhookAttempt.delivery_id).in_(ids))
        .order_by(col(WebhookAttempt.delivery_id), col(WebhookAttempt.id).desc())
        .ext(distinct_on(col(WebhookAttempt.delivery_id)))
    )
    attempts = (await session.execute(wanted)).scalars()
    return {attempt.delivery_id: attempt for attempt in attempts}


async def attempts_at(session: AsyncSession, delivery: WebhookDelivery) -> Sequence[WebhookAttempt]:
    """The newest fifty, oldest first: a delivery may be replayed again and again."""
    wanted = (
        select(WebhookAttempt)
        .where(WebhookAttempt.delivery_id == delivery.id)
        .order_by(col(WebhookAttempt.id).desc())
        .limit(MOST_ATTEMPTS)
    )
    return (await session.execute(wanted)).scalars().all()[::-1]


async def attempts_in_all(session: AsyncSession, delivery: WebhookDelivery) -> int:
    wanted = select(func.count()).where(col(WebhookAttempt.delivery_id) == delivery.id)
    return int((await session.execute(wanted)).scalar_one())
