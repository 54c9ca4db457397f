"""Endpoints and deliveries as the receiving organisation sees them."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.notify.moments import Moment
from services.notify.webhooks.domain.lifecycle import DeliveryStatus
from services.notify.webhooks.tables import WebhookAttempt, WebhookDelivery, WebhookEndpoint
from shared.signatures import PublicKey


class EndpointOut(BaseModel):
    """`events` empty means all. `public_keys` (`whpk_…`) verify the `v1a` signatures."""

    id: UUID
    url: str
    events: list[str]
    active: bool
    has_secret: bool
    public_keys: list[str]

    @classmethod
    def of(cls, endpoint: WebhookEndpoint, key: PublicKey) -> EndpointOut:
        return cls(
            id=endpoint.id,
            url=endpoint.url,
            events=endpoint.events,
            active=endpoint.active,
            has_secret=endpoint.secret is not None,
            public_keys=[key.text()],
        )


class DeliveryOut(BaseModel):
    """`id` is the `webhook-id`. `last_failure` says why the last attempt got no answer."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    endpoint_id: UUID
    event_type: str
    case_id: UUID
    state: DeliveryStatus
    attempts: int
    next_at: Moment
    created_at: Moment
    settled_at: Moment | None
    last_status: int | None = None
    last_failure: str | None = None

    @classmethod
    def of(cls, delivery: WebhookDelivery, last: WebhookAttempt | None) -> DeliveryOut:
        shown = cls.model_validate(delivery)
        if last is None:
            return shown
        return shown.model_copy(update={"last_status": last.status, "last_failure": last.failure})
