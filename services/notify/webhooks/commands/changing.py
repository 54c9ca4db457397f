"""Changing an endpoint, switching it off and on, and deleting it."""

from __future__ import annotations

from sqlalchemy import delete, update
from sqlmodel import col

from services.notify.deed import Deed
from services.notify.exceptions.commands import revoke_all
from services.notify.webhooks.commands.registering import note, refuse_known_address
from services.notify.webhooks.commands.ringing import ring
from services.notify.webhooks.domain.addresses import refuse_unsafe_address
from services.notify.webhooks.domain.event_types import refuse_unknown_types
from services.notify.webhooks.domain.lifecycle import DeliveryAction, DeliveryStatus, advance
from services.notify.webhooks.schemas import EndpointChanges
from services.notify.webhooks.tables import WebhookDelivery, WebhookEndpoint, WebhookOldSecret


async def change(deed: Deed, endpoint: WebhookEndpoint, wanted: EndpointChanges) -> WebhookEndpoint:
    """What is not given stays. Switched off, it hears of nothing that happens meanwhile; what was
    waiting goes out once it is on again. Exceptions for a private network end with the address.

    Raises EndpointNotHttps, EventTypeUnknown or EndpointExists.
    """
    given = wanted.given()
    refuse_unknown_types(given.get("events", ()), deed.actor.end)
    if "url" in given:
        refuse_unsafe_address(given["url"], plain_http_allowed=deed.runtime.settings.embedded)
        await refuse_known_address(deed, endpoint.organisation_id, given["url"], endpoint.id)
    before = {name: getattr(endpoint, name) for name in given}
    for name, value in given.items():
        setattr(endpoint, name, value)
    if given.get("url", endpoint.url) != before.get("url", endpoint.url):
        await revoke_all(deed, endpoint)
    changed = sorted(name for name, value in given.items() if before[name] != value)
    note(deed, endpoint, "changed", {"changed": changed, "active": endpoint.active})
    ring(deed.session)
    return endpoint


async def remove(deed: Deed, endpoint: WebhookEndpoint) -> None:
    """No further attempt is begun, its secrets are forgotten; what was delivered stays readable as
    long as deliveries are kept. One that is posted at this moment may still arrive.
    """
    endpoint.deleted_at, endpoint.active = deed.at, False
    endpoint.secret = endpoint.next_secret = None
    old = delete(WebhookOldSecret).where(col(WebhookOldSecret.endpoint_id) == endpoint.id)
    await deed.session.execute(old)
    cancelled = advance(DeliveryStatus.WAITING, DeliveryAction.CANCEL)
    waiting = update(WebhookDelivery).where(
        col(WebhookDelivery.endpoint_id) == endpoint.id,
        col(WebhookDelivery.state) == DeliveryStatus.WAITING,
    )
    await deed.session.execute(waiting.values(state=cancelled, settled_at=deed.at))
    await revoke_all(deed, endpoint)
    note(deed, endpoint, "deleted")
