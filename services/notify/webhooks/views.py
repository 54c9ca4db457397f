"""Putting together what the organisation sees."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from services.notify.deed import Deed
from services.notify.settings import NotifySettings
from services.notify.webhooks.delivery_schemas import AttemptOut, DeliveryDetail, DeliveryOut
from services.notify.webhooks.domain.event_types import CATALOGUE, EventType
from services.notify.webhooks.domain.schemas import example_of
from services.notify.webhooks.queries import attempts_at, attempts_in_all, last_attempts
from services.notify.webhooks.schemas import EndpointOut, EndpointWithSecret, EventTypeOut
from services.notify.webhooks.secrets import Held, held_secrets
from services.notify.webhooks.tables import WebhookDelivery, WebhookEndpoint


async def endpoint_out(deed: Deed, endpoint: WebhookEndpoint) -> EndpointOut:
    return _shown(deed, endpoint, await _held(deed, endpoint))


async def endpoint_with_secret(deed: Deed, endpoint: WebhookEndpoint) -> EndpointWithSecret:
    """Only in the answer to who just made the secret."""
    held = await _held(deed, endpoint)
    return EndpointWithSecret.showing(_shown(deed, endpoint, held), held)


async def deliveries_out(
    session: AsyncSession, deliveries: Sequence[WebhookDelivery]
) -> list[DeliveryOut]:
    last = await last_attempts(session, deliveries)
    return [DeliveryOut.of(each, last.get(each.id)) for each in deliveries]


async def delivery_out(session: AsyncSession, delivery: WebhookDelivery) -> DeliveryOut:
    return (await deliveries_out(session, [delivery]))[0]


async def delivery_detail(session: AsyncSession, delivery: WebhookDelivery) -> DeliveryDetail:
    endpoint = await session.get_one(WebhookEndpoint, delivery.endpoint_id)
    shown = await delivery_out(session, delivery)
    return DeliveryDetail(
        **shown.model_dump(),
        url=endpoint.url,
        request_body=delivery.body.decode(),
        attempts_in_all=await attempts_in_all(session, delivery),
        log=[AttemptOut.of(each) for each in await attempts_at(session, delivery)],
    )


def event_types_out(origin: str) -> list[EventTypeOut]:
    return [_event_type_out(each, origin) for each in CATALOGUE]


def _event_type_out(kind: EventType, origin: str) -> EventTypeOut:
    return EventTypeOut(
        name=kind.name,
        chinese=kind.meaning.name,
        meaning=kind.meaning.chinese,
        english=kind.meaning.english,
        ends=list(kind.ends),
        schema_url=f"{origin}/notify/webhooks/event-types/{kind.name}/schema",
        example=example_of(kind),
    )


async def _held(deed: Deed, endpoint: WebhookEndpoint) -> Sequence[Held]:
    return await held_secrets(deed.session, deed.runtime.cipher, endpoint, deed.at)


def _shown(deed: Deed, endpoint: WebhookEndpoint, held: Sequence[Held]) -> EndpointOut:
    keys = deed.runtime.part(NotifySettings).signing_keys
    return EndpointOut.of(endpoint, held, [key.public() for key in keys])
