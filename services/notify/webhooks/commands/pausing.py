"""Pausing an endpoint and resuming it; nothing is dropped in between."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from sqlalchemy import update
from sqlmodel import col

from services.notify.deed import Deed
from services.notify.webhooks.commands.alerting import tell_of_pause
from services.notify.webhooks.commands.announcing import BELL
from services.notify.webhooks.domain.health import WELL, PauseReason
from services.notify.webhooks.domain.lifecycle import DeliveryStatus
from services.notify.webhooks.tables import WebhookDelivery, WebhookEndpoint
from shared.audit import append
from shared.database import after_commit, database_of
from shared.errors import Conflict


class EndpointNotPaused(Conflict):
    """This endpoint is not paused."""

    code = "ENDPOINT_NOT_PAUSED"
    chinese = "该推送地址未被暂停。"


async def pause(
    deed: Deed, endpoint: WebhookEndpoint, reason: PauseReason, case_id: UUID | None = None
) -> None:
    """Deliveries go on being written down, and wait. `case_id` is what the last one was about."""
    endpoint.paused_at, endpoint.paused_because = deed.at, reason
    _note(deed, endpoint, "paused", reason)
    await tell_of_pause(deed, endpoint, case_id)


async def resume(deed: Deed, endpoint: WebhookEndpoint) -> None:
    """What waits is due now, with all its attempts before it, and the past is forgotten. Expects
    the endpoint's row locked. Raises EndpointNotPaused.
    """
    if endpoint.paused_at is None:
        raise EndpointNotPaused
    _note(deed, endpoint, "resumed", endpoint.paused_because)
    endpoint.paused_at = endpoint.paused_because = None
    endpoint.health = WELL
    waiting = (
        update(WebhookDelivery)
        .where(
            col(WebhookDelivery.endpoint_id) == endpoint.id,
            col(WebhookDelivery.state) == DeliveryStatus.WAITING,
        )
        .values(next_at=deed.at, attempts=0)
    )
    await deed.session.execute(waiting)
    after_commit(deed.session, partial(database_of(deed.session).ring, BELL))


def _note(deed: Deed, endpoint: WebhookEndpoint, done: str, reason: PauseReason | None) -> None:
    append(
        deed.session,
        actor=deed.actor,
        action=f"webhook_endpoint.{done}",
        subject_type="webhook_endpoint",
        subject_id=endpoint.id,
        at=deed.at,
        details={"organisation_id": endpoint.organisation_id, "because": reason},
    )
