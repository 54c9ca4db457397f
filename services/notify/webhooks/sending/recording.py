"""Writing down what an endpoint answered, and when to try again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from prometheus_client import Counter
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.notify.webhooks.domain.lifecycle import DeliveryAction, DeliveryStatus, advance
from services.notify.webhooks.domain.schedule import Following, after_failure, is_success
from services.notify.webhooks.sending.claiming import Post
from services.notify.webhooks.sending.posting import Answer
from services.notify.webhooks.tables import WebhookAttempt, WebhookDelivery
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


async def record(session: AsyncSession, made: Made, chance: float) -> None:
    """`chance` from -1 to 1 scatters the next attempt. A settled delivery stays as it is."""
    session.add(_attempt(made))
    wanted = select(WebhookDelivery).where(col(WebhookDelivery.id) == made.post.delivery_id)
    delivery = (await session.execute(wanted.with_for_update())).scalar_one()
    if delivery.state != DeliveryStatus.WAITING:
        return
    delivery.attempts += 1
    delivery.claimed_until = None
    _go_on(delivery, _following(delivery, made, chance), made.ended_at)
    POSTS.labels(delivery.state).inc()


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
    if is_success(made.answer.status):
        return Following(DeliveryAction.DELIVER, made.ended_at)
    return after_failure(delivery.attempts, made.ended_at, chance)


def _go_on(delivery: WebhookDelivery, following: Following, now: datetime) -> None:
    delivery.state = advance(delivery.state, following.action)
    delivery.next_at = following.at
    if following.action is not DeliveryAction.RETRY:
        delivery.settled_at = now
