"""What is asked of an endpoint while somebody else deletes it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from services.notify.deed import Deed
from services.notify.webhooks.commands.changing import remove
from services.notify.webhooks.forgetting import forget_once
from services.notify.webhooks.tables import WebhookEndpoint
from shared.contracts.routing import JointOpened
from shared.identity import SYSTEM
from tests.notify.engineers import DAY, ENGINEER, post, read, registered
from tests.notify.hooks import pump, with_fire
from tests.notify.test_replaying import fill
from tests.notify.town import Town
from tests.samples import FIRE
from tests.stage import Stage
from tests.waiting import until

WAITING = text("SELECT count(*) FROM pg_locks WHERE NOT granted")


async def someone_waits(stage: Stage) -> bool:
    async with stage.host.runtime.database.transaction() as session:
        return bool((await session.execute(WAITING)).scalar_one())


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("endpoints/{endpoint}/test", None, "ENDPOINT_NOT_FOUND"),
        ("endpoints/{endpoint}/replay", DAY, "ENDPOINT_NOT_FOUND"),
        ("endpoints/{endpoint}/resumption", None, "ENDPOINT_NOT_FOUND"),
        ("deliveries/{delivery}/replay", None, "ENDPOINT_DELETED"),
    ],
)
async def test_nothing_is_left_waiting_at_a_deleted_endpoint(
    stage: Stage, town: Town, path: str, body: Any, code: str
) -> None:
    """Both began while it was there; the deletion was first."""
    endpoint = await registered(stage)
    await stage.hear(with_fire(JointOpened))
    await pump(stage)
    (delivery,) = (await read(stage, "deliveries"))["items"]
    path = path.format(endpoint=endpoint["id"], delivery=delivery["id"])
    runtime = stage.host.runtime
    async with stage.client(ENGINEER) as client:
        async with runtime.database.transaction() as session:
            row = await session.get_one(WebhookEndpoint, endpoint["id"], with_for_update=True)
            asking = asyncio.create_task(post(client, path, body))
            await until(lambda: someone_waits(stage))
            await remove(Deed(session, runtime, SYSTEM, runtime.clock.now()), row)
        answer = await asking
    assert answer.json().get("code") == code, answer.text
    assert await stage.count("webhook_delivery", "state = 'WAITING'") == 0
    assert await pump(stage) == 0


async def test_what_was_written_down_beside_a_deletion_is_cancelled(stage: Stage) -> None:
    """So that it is forgotten one day, and its endpoint with it."""
    endpoint = await registered(stage)
    async with stage.client(ENGINEER) as client:
        await client.delete(f"/webhooks/endpoints/{endpoint['id']}")
    await fill(stage, endpoint["id"], FIRE, "WAITING", 2)
    await forget_once(stage.host.runtime)
    assert await stage.count("webhook_delivery", "state = 'CANCELLED'") == 2
    stage.clock.advance(timedelta(days=181))
    await forget_once(stage.host.runtime)
    assert await stage.count("webhook_delivery") == await stage.count("webhook_endpoint") == 0
