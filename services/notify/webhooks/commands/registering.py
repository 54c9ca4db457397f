"""Entering an organisation's endpoint."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from services.notify.deed import Deed
from services.notify.webhooks.domain.addresses import refuse_unsafe_address
from services.notify.webhooks.tables import WebhookEndpoint
from shared.audit import append
from shared.contracts.reference import reference_id
from shared.privacy import FieldCipher
from shared.signatures import SharedSecret

SECRET = {"table": "webhook_endpoint", "column": "secret"}


async def register(
    deed: Deed,
    organisation_id: UUID,
    url: str,
    *,
    events: Sequence[str] = (),
    secret: SharedSecret | None = None,
) -> WebhookEndpoint:
    """An organisation has one endpoint per address; entering it again changes nothing.

    Raises EndpointNotHttps.
    """
    refuse_unsafe_address(url, plain_http_allowed=deed.runtime.settings.embedded)
    endpoint_id = reference_id("webhook_endpoint", str(organisation_id), url)
    known = await deed.session.get(WebhookEndpoint, endpoint_id)
    if known is not None:
        return known
    endpoint = WebhookEndpoint(
        id=endpoint_id,
        organisation_id=organisation_id,
        url=url,
        events=list(events),
        secret=_locked(deed.runtime.cipher, endpoint_id, secret),
        created_at=deed.at,
    )
    deed.session.add(endpoint)
    _note(deed, endpoint)
    return endpoint


def _locked(cipher: FieldCipher, endpoint_id: UUID, secret: SharedSecret | None) -> str | None:
    return cipher.encrypt(secret.text(), row_id=endpoint_id, **SECRET) if secret else None


def _note(deed: Deed, endpoint: WebhookEndpoint) -> None:
    append(
        deed.session,
        actor=deed.actor,
        action="webhook_endpoint.registered",
        subject_type="webhook_endpoint",
        subject_id=endpoint.id,
        at=deed.at,
        details={"organisation_id": endpoint.organisation_id},
    )
