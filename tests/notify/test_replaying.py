"""Sending again: one delivery, a period of them, or only what was missed (P15)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import text

from deploy.simulators.faults import Fault
from services.notify.webhooks.domain.schedule import SCHEDULE
from services.notify.webhooks.forgetting import forget_once
from shared.contracts.routing import JointOpened
from tests.notify.engineers import DAY, ENGINEER, asked, post, read, registered
from tests.notify.hooks import HANDED_OVER, enter, pump, with_fire
from tests.notify.town import Town
from tests.samples import COURT, FIRE
from tests.stage import Stage

MANY = 100_000

FILL = text("""
    INSERT INTO webhook_delivery
        (id, endpoint_id, organisation_id, event_id, event_type, case_id, body, state, attempts,
         next_at, created_at, settled_at, again)
    SELECT gen_random_uuid(), :endpoint, :organisation, gen_random_uuid(), 'routing.joint_opened',
           gen_random_uuid(), '{}', :state, 10, :at, :at, :at, false
    FROM generate_series(1, :many)
""")


async def fill(stage: Stage, endpoint: str, organisation: Any, state: str, many: int) -> None:
    values = {"endpoint": endpoint, "organisation": organisation, "state": state}
    async with stage.host.runtime.database.transaction() as session:
        await session.execute(FILL, values | {"many": many, "at": stage.clock.now()})


async def test_one_is_sent_again_under_its_id(stage: Stage, town: Town) -> None:
    await registered(stage)
    await stage.hear(with_fire(JointOpened))
    await pump(stage)
    (delivery,) = (await read(stage, "deliveries"))["items"]
    stage.clock.advance(timedelta(hours=1))
    again = await asked(stage, f"deliveries/{delivery['id']}/replay")
    assert (again["id"], again["state"], again["attempts"]) == (delivery["id"], "WAITING", 0)
    assert again["replayed_at"] == "2026-03-02T10:00:00+08:00"
    await asked(stage, f"deliveries/{delivery['id']}/replay")
    assert await pump(stage) == 1, "asked twice, sent once"
    (received,) = town.hooked(FIRE)
    assert (received.webhook_id, received.times) == (delivery["id"], 2)
    assert await stage.count("audit_entry", "action = 'webhook_delivery.replayed'") == 2


async def test_the_schedule_starts_anew(stage: Stage, town: Town) -> None:
    """P15: ten more attempts for what every attempt had failed of."""
    endpoint = await registered(stage)
    await fill(stage, endpoint["id"], FIRE, "FAILED", 1)
    town.party(FIRE).script.add(Fault(call=str(FIRE), times=99, status=500, body="down"))
    (delivery,) = (await read(stage, "deliveries"))["items"]
    await asked(stage, f"deliveries/{delivery['id']}/replay")
    attempts = 0
    for wait in (*SCHEDULE, timedelta(days=2)):
        stage.clock.advance(wait)
        attempts += await pump(stage)
    assert attempts == len(SCHEDULE)
    assert await stage.count("webhook_delivery", "state = 'FAILED' AND attempts = 10") == 1


async def test_a_period_is_sent_again(stage: Stage, town: Town) -> None:
    """From `since` on, before `until`, of this endpoint and of no other."""
    endpoint = await registered(stage)
    await enter(stage, COURT)
    await stage.hear(with_fire(JointOpened), HANDED_OVER)
    await pump(stage)
    stage.clock.advance(timedelta(days=1))
    await stage.hear(with_fire(JointOpened))
    await pump(stage)
    path = f"endpoints/{endpoint['id']}/replay"
    midnight = {"since": DAY["until"], "until": "2026-03-04T00:00:00+08:00"}
    assert await asked(stage, path, DAY) == {"replayed": 1}
    assert await asked(stage, path, DAY | {"until": midnight["until"]}) == {"replayed": 2}
    assert await asked(stage, path, DAY | {"only_missed": True}) == {"replayed": 0}
    assert await pump(stage) == 2
    assert [each.times for each in town.hooked(FIRE)] == [2, 2]
    assert [each.times for each in town.hooked(COURT)] == [1]
    once = {"Idempotency-Key": str(uuid4())}
    async with stage.client(ENGINEER) as client:
        answers = [
            await client.post(f"/webhooks/{path}", json=midnight, headers=once) for _ in range(2)
        ]
    assert [each.json() for each in answers] == [{"replayed": 1}] * 2
    assert await stage.count("audit_entry", "action = 'webhook_endpoint.replayed'") == 4


async def test_only_what_was_missed(stage: Stage, town: Town) -> None:
    """Neither what arrived nor what was not tried yet; nothing of another organisation."""
    endpoint = await registered(stage)
    await enter(stage, COURT)
    court = "(SELECT id FROM webhook_endpoint WHERE organisation_id = :organisation)"
    for state, many in (("FAILED", 3), ("DELIVERED", 2), ("WAITING", 1)):
        await fill(stage, endpoint["id"], FIRE, state, many)
    await stage.hear(with_fire(JointOpened))
    async with stage.host.runtime.database.transaction() as session:
        statement = text(FILL.text.replace(":endpoint", court))
        values = {"organisation": COURT, "state": "FAILED", "many": 5, "at": stage.clock.now()}
        await session.execute(statement, values)
    path = f"endpoints/{endpoint['id']}/replay"
    assert await asked(stage, path, DAY | {"only_missed": True}) == {"replayed": 4}
    assert await stage.count("webhook_delivery", "state = 'FAILED'") == 5
    assert await stage.count("webhook_delivery", "replayed_at IS NOT NULL") == 4


async def test_a_hundred_thousand_in_one_statement(stage: Stage) -> None:
    endpoint = await registered(stage)
    await fill(stage, endpoint["id"], FIRE, "FAILED", MANY)
    path = f"endpoints/{endpoint['id']}/replay"
    assert await asked(stage, path, DAY | {"only_missed": True}) == {"replayed": MANY}
    assert await stage.count("webhook_delivery", "state = 'WAITING' AND attempts = 0") == MANY


async def test_what_happens_now_passes_what_is_sent_again(stage: Stage, town: Town) -> None:
    """Also where an earlier delivery about its case is among them."""
    endpoint = await registered(stage)
    await stage.hear(with_fire(JointOpened))
    await pump(stage)
    town.network.requests.clear()
    await fill(stage, endpoint["id"], FIRE, "FAILED", 50)
    await asked(stage, f"endpoints/{endpoint['id']}/replay", DAY)
    stage.clock.advance(timedelta(hours=1))
    await stage.hear(with_fire(JointOpened))
    await pump(stage)
    (now,) = (await read(stage, "deliveries?since=2026-03-02T10:00:00%2B08:00"))["items"]
    order = [request.headers["webhook-id"] for request in town.network.requests]
    assert len(order) == 52
    assert order.index(now["id"]) < 4, "among the first four"


async def test_what_is_refused(stage: Stage) -> None:
    """P15: ninety days at once, as the rulebook says."""
    endpoint = await registered(stage)
    path = f"endpoints/{endpoint['id']}/replay"
    longest = {"since": "2025-12-02T00:00:00+08:00", "until": "2026-03-02T00:00:00+08:00"}
    assert await asked(stage, path, longest) == {"replayed": 0}
    async with stage.client(ENGINEER) as client:
        for body, code in (
            (longest | {"since": "2025-12-01T23:59:59+08:00"}, "REPLAY_TOO_LONG"),
            (longest | {"until": longest["since"]}, "PERIOD_UPSIDE_DOWN"),
            ({"since": longest["since"]}, "INVALID_FIELDS"),
        ):
            refused = await post(client, path, body)
            assert (refused.status_code, refused.json()["code"]) == (422, code)


async def test_deliveries_are_forgotten_and_waiting_ones_are_not(stage: Stage, town: Town) -> None:
    """Kept for 180 days; a deleted endpoint goes with the last delivery to it."""
    endpoint = await registered(stage)
    await stage.hear(with_fire(JointOpened))
    await pump(stage)
    await fill(stage, endpoint["id"], FIRE, "WAITING", 1)
    runtime = stage.host.runtime
    stage.clock.advance(timedelta(days=180))
    await forget_once(runtime)
    assert await stage.count("webhook_delivery") == 2
    stage.clock.advance(timedelta(seconds=1))
    await forget_once(runtime)
    assert await stage.count("webhook_delivery", "state = 'WAITING'") == 1
    assert await stage.count("webhook_delivery") == 1
    assert await stage.count("webhook_attempt") == 0
    assert await stage.count("webhook_endpoint") == 1
    async with stage.client(ENGINEER) as client:
        await client.delete(f"/webhooks/endpoints/{endpoint['id']}")
    await forget_once(runtime)
    assert await stage.count("webhook_endpoint") == 0
