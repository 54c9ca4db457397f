"""Webhooks to departments and courts: who is told, signed how, tried how often."""

from __future__ import annotations

import asyncio
import base64
from datetime import timedelta
from typing import Any

import httpx
import pytest
import time_machine
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import text
from standardwebhooks import Webhook, WebhookVerificationError

from deploy.simulators.faults import Fault
from services.notify.settings import NotifySettings
from services.notify.webhooks.domain.schedule import SCHEDULE
from services.notify.webhooks.sending.posting import Posting
from services.notify.webhooks.sending.sender import WebhookSender
from services.notify.webhooks.sending.ways import Given
from shared.contracts.event import Event
from shared.contracts.routing import (
    CaseEvent,
    CaseRegraded,
    JointOpened,
)
from shared.contracts.vocabulary import Grade
from shared.signatures import SharedSecret
from tests.notify.hooks import (
    APPLICATION,
    APPLIED,
    HANDED_OVER,
    OFFICER_OF_FIRE,
    PACKAGE,
    deliveries,
    enter,
    hook,
    pump,
    with_fire,
)
from tests.notify.news import dispatched, feedback
from tests.notify.town import Town
from tests.samples import (
    COMMUNITY,
    COURT,
    FIRE,
    FIRE_BRIGADE,
    a_case,
)
from tests.stage import ORIGIN, Stage
from tests.waiting import until


@pytest.mark.parametrize(
    "event",
    [
        dispatched(handler=FIRE_BRIGADE, units=(FIRE_BRIGADE,)),
        with_fire(JointOpened),
        with_fire(CaseRegraded, old_grade=Grade.SMALL),
    ],
    ids=["T10 dispatched", "T21 joint opened", "T30 regraded"],
)
async def test_the_department_at_work_is_told_once(ready: Stage, town: Town, event: Event) -> None:
    """P3, X36: delivered twice to us, once to them; the signature is checked over there."""
    await ready.hear(event)
    await pump(ready)
    (received,) = town.hooked(FIRE)
    assert received.times == 1
    assert received.payload["type"] == event.name
    assert town.hooked(COURT) == []


async def test_what_a_department_is_told(ready: Stage, town: Town) -> None:
    """Thin: numbers, state, due times, and where to read more with a token of one's own."""
    await ready.hear(with_fire(JointOpened))
    await pump(ready)
    assert town.hooked(FIRE)[0].payload == {
        "type": "routing.joint_opened",
        "time": "2026-03-02T09:00:00+08:00",
        "case_id": str(a_case().id),
        "case_number": "XN421202-20260302-00017",
        "state": "DISPATCHED",
        "grade": "SMALL",
        "due": {
            "SMALL_RESOLVE": "2026-03-03T09:00:00+08:00",
            "FEEDBACK": "2026-03-10T00:00:00+08:00",
        },
        "link": f"{ORIGIN}/routing/cases/{a_case().id}",
    }


@pytest.mark.parametrize(
    ("event", "paper", "link"),
    [
        (HANDED_OVER, {"package_number": "DJ-2026-00001"}, f"packages/{PACKAGE.package_id}"),
        (
            APPLIED,
            {"application_number": "SQ-2026-00001"},
            f"applications/{APPLICATION.application_id}",
        ),
    ],
    ids=["T39 package", "T34 application"],
)
async def test_the_court_is_pointed_to_its_papers(
    ready: Stage, town: Town, event: CaseEvent, paper: dict[str, str], link: str
) -> None:
    """X27, invariant 10: the paper's number and where to fetch it, nothing of the mediation."""
    handled = event.model_copy(update={"case": a_case(units=(FIRE_BRIGADE,), handler=FIRE_BRIGADE)})
    await ready.hear(handled)
    await pump(ready)
    (received,) = town.hooked(COURT)
    assert received.payload.items() >= paper.items()
    assert received.payload["link"] == f"{ORIGIN}/routing/court/{link}"
    assert "due" not in received.payload or received.payload["due"] == {}
    assert town.hooked(FIRE) == [], "the department has no part in it"


async def test_who_has_no_part_is_not_told(ready: Stage) -> None:
    """Departments at work and courts in question; a community beside them has its console."""
    await enter(ready, COMMUNITY)
    await ready.hear(dispatched(), feedback())
    assert await ready.count("webhook_delivery") == 0
    await ready.hear(with_fire(JointOpened))
    assert await ready.count("webhook_delivery", f"organisation_id = '{FIRE}'") == 1
    assert await ready.count("webhook_delivery") == 1


async def test_once_even_when_the_inbox_has_forgotten(ready: Stage) -> None:
    """P3: the row itself is unique by event and endpoint, and so is the webhook-id."""
    await ready.hear_after_forgetting(with_fire(JointOpened))
    assert await ready.count("webhook_delivery") == 1


async def test_both_signatures_verify_with_other_peoples_code(stage: Stage, town: Town) -> None:
    """T18, T19, P14: `v1` with the reference library, `v1a` with nothing but the public key."""
    secret = SharedSecret.generate()
    await enter(stage, FIRE, secret=secret)
    await stage.hear(with_fire(JointOpened))
    await pump(stage)
    (request,) = town.network.requests
    async with stage.client(OFFICER_OF_FIRE) as client:
        (endpoint,) = (await client.get("/webhooks/endpoints")).json()
    with time_machine.travel(stage.clock.now(), tick=False):
        Webhook(secret.text()).verify(request.content, dict(request.headers))
        with pytest.raises(WebhookVerificationError):
            Webhook(SharedSecret.generate().text()).verify(request.content, dict(request.headers))
    verify_asymmetric(request, endpoint["public_keys"][0], request.content)
    with pytest.raises(InvalidSignature):
        verify_asymmetric(request, endpoint["public_keys"][0], request.content + b" ")
    assert endpoint["has_secret"]
    assert await stage.count("webhook_endpoint", "secret LIKE '%whsec%'") == 0


def verify_asymmetric(request: httpx.Request, public_key: str, body: bytes) -> None:
    headers = request.headers
    signatures = dict(each.split(",", 1) for each in headers["webhook-signature"].split(" "))
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key.removeprefix("whpk_")))
    key.verify(base64.b64decode(signatures["v1a"]), content)


async def test_the_whole_schedule(ready: Stage, town: Town) -> None:
    """T18, P15: ten attempts over three days, one id, each signed for its own moment."""
    town.party(FIRE).script.add(Fault(call=str(FIRE), times=99, status=500, body="down"))
    await ready.hear(with_fire(JointOpened))
    for number, wait in enumerate(SCHEDULE):
        if number:
            ready.clock.advance(wait - timedelta(seconds=1))
            assert await pump(ready) == 0, f"attempt {number + 1} came too early"
            ready.clock.advance(timedelta(seconds=1))
        assert await pump(ready) == 1
    ready.clock.advance(timedelta(days=30))
    assert await pump(ready) == 0
    (delivery,) = await deliveries(ready, OFFICER_OF_FIRE)
    assert (delivery["state"], delivery["attempts"], delivery["last_status"]) == ("FAILED", 10, 500)
    requests = town.network.requests
    assert {each.headers["webhook-id"] for each in requests} == {delivery["id"]}
    assert len({each.headers["webhook-timestamp"] for each in requests}) == 10
    assert len({each.content for each in requests}) == 1
    assert sum(SCHEDULE, timedelta()) > timedelta(hours=72)


async def test_a_department_that_comes_back_is_told(ready: Stage, town: Town) -> None:
    """X44's way: down for a while, then told once."""
    town.party(FIRE).script.add(Fault(call=str(FIRE), times=2, status=503, body="later"))
    await ready.hear(with_fire(JointOpened))
    await pump(ready)
    ready.clock.advance(SCHEDULE[1])
    await pump(ready)
    ready.clock.advance(SCHEDULE[2])
    await pump(ready)
    (received,) = town.hooked(FIRE)
    assert received.times == 1
    (delivery,) = await deliveries(ready, OFFICER_OF_FIRE)
    assert (delivery["state"], delivery["attempts"], delivery["last_status"]) == (
        "DELIVERED",
        3,
        204,
    )


@pytest.mark.parametrize("status", [301, 302, 307, 404, 410])
async def test_only_two_hundreds_count(ready: Stage, town: Town, status: int) -> None:
    """T18: a redirect is a failure and is not followed."""
    fault = Fault(call=str(FIRE), status=status, body="", headers={"location": hook(COURT)})
    town.party(FIRE).script.add(fault)
    await ready.hear(with_fire(JointOpened))
    assert await pump(ready) == 1
    assert len(town.network.requests) == 1
    (delivery,) = await deliveries(ready, OFFICER_OF_FIRE)
    assert (delivery["state"], delivery["last_status"]) == ("WAITING", status)


async def test_little_is_kept_of_a_long_answer(ready: Stage, town: Town) -> None:
    """T18: at most 20 kB, whatever they send; no byte of it breaks the row."""
    body = "\x00结果" * 100_000
    town.party(FIRE).script.add(Fault(call=str(FIRE), status=500, body=body))
    await ready.hear(with_fire(JointOpened))
    await pump(ready)
    assert await ready.count("webhook_attempt", "octet_length(response) <= 20000") == 1
    assert await ready.count("webhook_attempt", "response LIKE '结果%'") == 1


async def test_an_endpoint_that_is_not_there(ready: Stage, town: Town) -> None:
    def refuse() -> None:
        raise httpx.ConnectError("connection refused")

    town.network.watch = refuse
    await ready.hear(with_fire(JointOpened))
    await pump(ready)
    (delivery,) = await deliveries(ready, OFFICER_OF_FIRE)
    assert (delivery["last_status"], delivery["last_failure"]) == (None, "ConnectError")


async def test_a_dead_endpoint_holds_up_nobody(ready: Stage, town: Town) -> None:
    """T18: while one hangs, the other is served by the running loop."""
    hangs, released = asyncio.Event(), asyncio.Event()
    runtime = ready.host.runtime

    class Hanging(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            if str(FIRE) in request.url.path:
                hangs.set()
                await released.wait()
            return await town.network.handle_async_request(request)

    keys = runtime.part(NotifySettings).signing_keys
    sender = WebhookSender(runtime, keys, Posting(Given(Hanging())), chance=lambda: 0.0)
    running = asyncio.create_task(sender.run())
    await ready.hear(with_fire(JointOpened))
    await hangs.wait()
    await ready.hear(HANDED_OVER)
    while not town.hooked(COURT):  # noqa: ASYNC110 — the other side is a simulator
        await asyncio.sleep(0.01)
    assert town.hooked(FIRE) == []
    released.set()
    await sender.pump()
    assert len(town.hooked(FIRE)) == 1
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await sender.close()


async def test_no_transaction_is_open_during_a_post(ready: Stage, town: Town) -> None:
    """House rule 14."""
    open_connections: list[int] = []
    pool: Any = ready.host.runtime.database.engine.pool
    town.network.watch = lambda: open_connections.append(pool.checkedout())
    await ready.hear(with_fire(JointOpened))
    await pump(ready)
    assert open_connections == [0]


async def test_a_sender_that_died_repeats_with_the_same_id(ready: Stage, town: Town) -> None:
    """P3: delivered, but the process ended before it could write that down."""
    await ready.hear(with_fire(JointOpened))
    await pump(ready)
    async with ready.host.runtime.database.transaction() as session:
        await session.execute(
            text(
                "UPDATE webhook_delivery SET state = 'WAITING', attempts = 0,"
                " claimed_until = next_at + interval '2 minutes'"
            )
        )
    assert await pump(ready) == 0, "still claimed"
    ready.clock.advance(timedelta(minutes=3))
    await pump(ready)
    (received,) = town.hooked(FIRE)
    assert received.times == 2


async def test_the_worker_delivers_by_itself(ready: Stage, town: Town) -> None:
    ready.host.start_worker()
    await ready.hear(with_fire(JointOpened))

    async def told() -> bool:
        return len(town.hooked(FIRE)) == 1

    await until(told)
