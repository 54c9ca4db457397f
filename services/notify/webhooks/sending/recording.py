"""Writing down what an endpoint answered, when to try again, and how the endpoint is doing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from prometheus_client import Counter
from sqlmodel import col, select

from services.notify.deed import Deed
from services.notify.webhooks.commands.alerting import alert
from services.notify.webhooks.commands.pausing import pause
from services.notify.webhooks.domain.answers import is_success, wish_of
from services.notify.webhooks.domain.health import WELL, reason_to_pause
from services.notify.webhooks.domain.lifecycle import DeliveryAction, DeliveryStatus, advance
from services.notify.webhooks.domain.schedule import Following, after_failure
from services.notify.webhooks.sending.claiming import Post
from services.notify.webhooks.sending.posting import Answer
from services.notify.webhooks.tables import WebhookAttempt, WebhookDelivery, WebhookEndpoint
from shared.ids import new_id

POSTS = Counter("liuduan_webhooks", "Attempts to deliver a webhook", ["outcome"])


@dataclass(frozen=True)
class Made:
    """An attempt that was made; `signed_with` are the fingerprints of the keys."""

    post: Post
    answer: Answer
    started_at: datetime
    ended_at: datetime
    signed_with: tuple[str, ...] = ()

    @property
    def succeeded(self) -> bool:
        return is_success(self.answer.status)


async def record(deed: Deed, made: Made, chance: float) -> None:
    """`chance` from -1 to 1 scatters the next attempt. A delivery that is settled, or was given to
    another meanwhile, stays as it is.
    """
    deed.session.add(_attempt(made))
    endpoint = await _locked_endpoint(deed, made)
    delivery = await _locked_delivery(deed, made)
    if delivery is None:
        return
    delivery.attempts += 1
    delivery.claimed_until = None
    _go_on(delivery, _following(delivery, made, chance), made.ended_at)
    POSTS.labels(delivery.state).inc()
    await _watch(deed, endpoint, delivery, made)


async def _locked_endpoint(deed: Deed, made: Made) -> WebhookEndpoint:
    """Before the delivery, in the order of everybody who needs both."""
    wanted = select(WebhookEndpoint).where(WebhookEndpoint.id == made.post.endpoint_id)
    return (await deed.session.execute(wanted.with_for_update())).scalar_one()


async def _locked_delivery(deed: Deed, made: Made) -> WebhookDelivery | None:
    wanted = select(WebhookDelivery).where(
        col(WebhookDelivery.id) == made.post.delivery_id,
        WebhookDelivery.state == DeliveryStatus.WAITING,
        col(WebhookDelivery.claimed_until) == made.post.claimed_until,
    )
    return (await deed.session.execute(wanted.with_for_update())).scalar_one_or_none()


def _attempt(made: Made) -> WebhookAttempt:
    return WebhookAttempt(
        id=new_id(),
        delivery_id=made.post.delivery_id,
        started_at=made.started_at,
        ended_at=made.ended_at,
        status=made.answer.status,
        failure=made.answer.failure,
        response=made.answer.response,
        response_cut=made.answer.cut,
        signed_with=list(made.signed_with),
    )


def _following(delivery: WebhookDelivery, made: Made, chance: float) -> Following:
    if made.succeeded:
        return Following(DeliveryAction.DELIVER, made.ended_at)
    answer = made.answer
    wish = wish_of(answer.status, answer.failure, answer.retry_after, made.ended_at)
    return after_failure(delivery.attempts, made.ended_at, chance, wish)


def _go_on(delivery: WebhookDelivery, following: Following, now: datetime) -> None:
    delivery.state = advance(delivery.state, following.action)
    delivery.next_at = following.at
    if following.action is not DeliveryAction.RETRY:
        delivery.settled_at = now


async def _watch(
    deed: Deed, endpoint: WebhookEndpoint, delivery: WebhookDelivery, made: Made
) -> None:
    """An endpoint that fails is told about, and given up at last."""
    if made.succeeded:
        endpoint.health = WELL
        return
    endpoint.health = endpoint.health.after_failure(made.ended_at)
    reason = reason_to_pause(endpoint.health, made.answer.status, made.ended_at)
    if reason is not None and endpoint.paused_at is None:
        await pause(deed, endpoint, reason, delivery.case_id)
    elif endpoint.health.wants_alert(delivery.attempts):
        await alert(deed, endpoint, delivery)
