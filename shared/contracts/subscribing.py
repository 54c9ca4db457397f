"""What intake tells of subscriptions to WeChat messages: all pushes of WeChat come to its door."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from shared.contracts.event import Contract, Event, PublicState
from shared.privacy import Sealed


class Subscriber(PublicState):
    """Whom WeChat means: an owner, or somebody who is none, whom only notify can find.

    `id` is that of what was pushed.
    """

    owner_id: UUID | None
    openid: Sealed | None


class SubscriptionReport(Contract):
    """`answer` is the person's own word, what the vendor did, or what became of a message.

    `reference` is the vendor's number of that message, `code` its word for why it did not arrive.
    """

    template_id: str
    answer: Literal[
        "ACCEPTED", "DECLINED", "BANNED", "SWITCHED_OFF", "ARRIVED", "NOT_ARRIVED"
    ]  # the vendor's subscribe events, wechat.md 6
    reference: str | None = None
    code: str | None = None


class SubscriptionChanged(Event):
    """WeChat told of prompts answered, of settings changed, or of what became of messages."""

    name = "intake.subscription_changed"
    audience = ("notify",)

    subscriber: Subscriber
    reports: tuple[SubscriptionReport, ...]
    happened_at: datetime

    @property
    def about(self) -> PublicState:
        return self.subscriber
