"""Sending over real connections: the sender of the stage, and a receiver that it calls."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from services.notify.settings import NotifySettings
from services.notify.webhooks.sending.posting import Posting
from services.notify.webhooks.sending.sender import WebhookSender
from services.notify.webhooks.sending.ways import Egress
from shared.contracts.routing import JointOpened
from shared.egress import tls
from tests.notify.hooks import enter, with_fire
from tests.notify.receivers import Names, Receiver, Script, receiving
from tests.samples import FIRE
from tests.stage import Stage

PATIENCE = 0.5  # seconds: what is fifteen to the real sender


def real_sender(stage: Stage, chance: float | None = 0.0) -> WebhookSender:
    """Takes the place of the stage's own; `chance` None draws lots."""
    lots = random.Random(18)
    runtime = stage.host.runtime
    sender = WebhookSender(
        runtime,
        runtime.part(NotifySettings).signing_keys,
        Posting(Egress(Names({}), tls(), this_machine=True), total_timeout=PATIENCE),
        chance=lambda: lots.uniform(-1, 1) if chance is None else chance,
    )
    runtime.put(sender)
    return sender


@asynccontextmanager
async def receiver_of(
    stage: Stage, organisation_id: UUID, script: Script
) -> AsyncIterator[Receiver]:
    async with receiving(script) as receiver:
        await enter(stage, organisation_id, url=receiver.url())
        yield receiver


@asynccontextmanager
async def delivering(
    stage: Stage, script: Script, chance: float | None = 0.0
) -> AsyncIterator[Receiver]:
    """The fire brigade's receiver is to be told of one event."""
    sender = real_sender(stage, chance)
    async with receiver_of(stage, FIRE, script) as receiver:
        await stage.hear(with_fire(JointOpened))
        try:
            yield receiver
        finally:
            await sender.close()
