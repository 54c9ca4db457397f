"""Writing down, in the transaction of the event, which endpoints are to be told of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from sqlalchemy import any_, func, literal, or_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.notify.deed import Deed
from services.notify.settings import NotifySettings
from services.notify.webhooks.domain.audience import concerned
from services.notify.webhooks.domain.payload import payload
from services.notify.webhooks.tables import WebhookDelivery, WebhookEndpoint
from shared.contracts import Envelope
from shared.contracts.routing import CaseEvent
from shared.database import after_commit, database_of
from shared.ids import new_id

BELL = "webhook"


async def announce(deed: Deed, event: CaseEvent, envelope: Envelope) -> None:
    """One delivery per event and endpoint, however often the event is told."""
    endpoints = await _endpoints(deed.session, concerned(event), event.name)
    if not endpoints:
        return
    body = payload(event, envelope.time, deed.runtime.part(NotifySettings).public_url)
    rows = [
        {
            "id": new_id(),
            "endpoint_id": endpoint.id,
            "organisation_id": endpoint.organisation_id,
            "event_id": envelope.id,
            "event_type": event.name,
            "case_id": event.case.id,
            "body": body,
            "next_at": deed.at,
            "created_at": deed.at,
        }
        for endpoint in endpoints
    ]
    await deed.session.execute(insert(WebhookDelivery).on_conflict_do_nothing(), rows)
    after_commit(deed.session, partial(database_of(deed.session).ring, BELL))


async def _endpoints(
    session: AsyncSession, organisations: frozenset[UUID], event: str
) -> Sequence[WebhookEndpoint]:
    wanted = select(WebhookEndpoint).where(
        col(WebhookEndpoint.organisation_id).in_(organisations), col(WebhookEndpoint.active)
    )
    everything = func.cardinality(WebhookEndpoint.events) == 0
    wanted = wanted.where(or_(everything, literal(event) == any_(col(WebhookEndpoint.events))))
    return (await session.execute(wanted)).scalars().all()
