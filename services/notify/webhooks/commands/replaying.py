"""Sending again what was sent before, or never arrived: the same id, a schedule from the start."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import col

from services.notify.deed import Deed
from services.notify.webhooks.commands.ringing import ring
from services.notify.webhooks.domain.lifecycle import DeliveryAction, DeliveryStatus, advance
from services.notify.webhooks.domain.replaying import (
    TRIED,
    refuse_replay_of,
    replayed_states,
)
from services.notify.webhooks.tables import WebhookDelivery, WebhookEndpoint
from shared.audit import append
from shared.errors import Conflict


class EndpointDeleted(Conflict):
    """The endpoint of this delivery was deleted; nothing more is sent there."""

    code = "ENDPOINT_DELETED"
    chinese = "该推送的地址已删除，不能再发送。"


async def replay(deed: Deed, delivery: WebhookDelivery) -> WebhookDelivery:
    """Raises EndpointDeleted."""
    endpoint = await deed.session.get(WebhookEndpoint, delivery.endpoint_id)
    if endpoint is None or endpoint.deleted_at is not None:
        raise EndpointDeleted
    delivery.state = advance(delivery.state, DeliveryAction.REPLAY)
    for name, value in _from_the_start(deed.at).items():
        setattr(delivery, name, value)
    append(
        deed.session,
        actor=deed.actor,
        action="webhook_delivery.replayed",
        subject_type="webhook_delivery",
        subject_id=delivery.id,
        at=deed.at,
        details={"endpoint_id": delivery.endpoint_id},
    )
    ring(deed.session)
    return delivery


async def replay_period(
    deed: Deed, endpoint: WebhookEndpoint, since: datetime, until: datetime, *, only_missed: bool
) -> int:
    """What was written down from `since` on and before `until`, in one statement; how many.

    Raises PeriodUpsideDown or ReplayTooLong.
    """
    longest = deed.runtime.rulebooks.in_force_at(deed.at).webhooks.longest_replay
    refuse_replay_of(since, until, longest)
    waiting = advance(DeliveryStatus.FAILED, DeliveryAction.REPLAY)
    replayed = await deed.session.execute(
        update(WebhookDelivery)
        .where(
            col(WebhookDelivery.endpoint_id) == endpoint.id,
            col(WebhookDelivery.created_at) >= since,
            col(WebhookDelivery.created_at) < until,
            col(WebhookDelivery.state).in_(replayed_states(only_missed=only_missed)),
            col(WebhookDelivery.attempts) >= (TRIED if only_missed else 0),
        )
        .values(state=waiting, **_from_the_start(deed.at))
        .execution_options(synchronize_session=False)
    )
    count = int(replayed.rowcount)  # type: ignore[attr-defined]
    _note_period(deed, endpoint, count, only_missed=only_missed)
    ring(deed.session)
    return count


def _from_the_start(now: datetime) -> dict[str, Any]:
    """One that is being posted at this moment stays claimed until that has ended."""
    return {
        "attempts": 0,
        "next_at": now,
        "settled_at": None,
        "replayed_at": now,
        "again": True,
    }


def _note_period(deed: Deed, endpoint: WebhookEndpoint, count: int, *, only_missed: bool) -> None:
    append(
        deed.session,
        actor=deed.actor,
        action="webhook_endpoint.replayed",
        subject_type="webhook_endpoint",
        subject_id=endpoint.id,
        at=deed.at,
        details={"replayed": count, "only_missed": only_missed},
    )
