"""Entering an organisation's endpoint."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.notify.deed import Deed
from services.notify.webhooks.domain.addresses import refuse_unsafe_address
from services.notify.webhooks.domain.event_types import refuse_unknown_types
from services.notify.webhooks.domain.limits import refuse_endpoint_beyond
from services.notify.webhooks.schemas import NewEndpoint
from services.notify.webhooks.secrets import SecretLock
from services.notify.webhooks.tables import WebhookEndpoint
from shared.audit import append
from shared.errors import Conflict
from shared.ids import new_id
from shared.signatures import SharedSecret

ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtextextended(:whose, 0))")


class EndpointExists(Conflict):
    """Your organisation has an endpoint at this address already."""

    code = "ENDPOINT_EXISTS"
    chinese = "本单位已登记过这个推送地址。"


async def register_own(deed: Deed, organisation_id: UUID, wanted: NewEndpoint) -> WebhookEndpoint:
    """As the organisation's own people do, with a secret of its own.

    Raises EndpointNotHttps, EventTypeUnknown, EndpointExists or TooManyEndpoints.
    """
    refuse_unknown_types(wanted.events, deed.actor.end)
    await refuse_known_address(deed, organisation_id, wanted.url)
    rules = deed.runtime.rulebooks.in_force_at(deed.at).webhooks
    refuse_endpoint_beyond(await _known(deed.session, organisation_id), rules.endpoints_at_most)
    return await register(
        deed,
        organisation_id,
        wanted.url,
        events=wanted.events,
        description=wanted.description,
        secret=SharedSecret.generate(),
    )


async def register(
    deed: Deed,
    organisation_id: UUID,
    url: str,
    *,
    events: Sequence[str] = (),
    description: str = "",
    secret: SharedSecret | None = None,
) -> WebhookEndpoint:
    """An organisation has one endpoint per address; entering it again changes nothing.

    Raises EndpointNotHttps.
    """
    refuse_unsafe_address(url, plain_http_allowed=deed.runtime.settings.embedded)
    known = await at_address(deed.session, organisation_id, url)
    if known is not None:
        return known
    endpoint = WebhookEndpoint(
        id=new_id(),
        organisation_id=organisation_id,
        url=url,
        description=description,
        events=list(dict.fromkeys(events)),
        created_at=deed.at,
    )
    if secret is not None:
        _lock_in(deed, endpoint, secret)
    deed.session.add(endpoint)
    note(deed, endpoint, "registered", {"organisation_id": endpoint.organisation_id})
    return endpoint


def _lock_in(deed: Deed, endpoint: WebhookEndpoint, secret: SharedSecret) -> None:
    lock, following = SecretLock(deed.runtime.cipher), SharedSecret.generate()
    endpoint.secret = lock.close(endpoint.id, secret)
    endpoint.next_secret = lock.close(endpoint.id, following, "next_secret")


async def refuse_known_address(
    deed: Deed, organisation_id: UUID, url: str, but: UUID | None = None
) -> None:
    """One writer per organisation at a time, so that two cannot both take the last place or the
    same address. Raises EndpointExists.
    """
    await deed.session.execute(ONE_AT_A_TIME, {"whose": f"webhook_endpoint {organisation_id}"})
    known = await at_address(deed.session, organisation_id, url)
    if known is not None and known.id != but:
        raise EndpointExists


async def at_address(
    session: AsyncSession, organisation_id: UUID, url: str
) -> WebhookEndpoint | None:
    wanted = select(WebhookEndpoint).where(
        WebhookEndpoint.organisation_id == organisation_id,
        WebhookEndpoint.url == url,
        col(WebhookEndpoint.deleted_at).is_(None),
    )
    return (await session.execute(wanted)).scalar_one_or_none()


async def _known(session: AsyncSession, organisation_id: UUID) -> int:
    wanted = select(func.count()).where(
        col(WebhookEndpoint.organisation_id) == organisation_id,
        col(WebhookEndpoint.deleted_at).is_(None),
    )
    return int((await session.execute(wanted)).scalar_one())


def note(
    deed: Deed, endpoint: WebhookEndpoint, what: str, details: dict[str, Any] | None = None
) -> None:
    """Into the audit log: what was done, never a secret, and no address."""
    append(
        deed.session,
        actor=deed.actor,
        action=f"webhook_endpoint.{what}",
        subject_type="webhook_endpoint",
        subject_id=endpoint.id,
        at=deed.at,
        details=details or {},
    )
