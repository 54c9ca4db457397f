"""T18: endpoints that fail: how often they are called, who is told, what is paused and resumed."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from services.notify.deed import Deed
from services.notify.webhooks.commands.pausing import EndpointNotPaused, resume
from services.notify.webhooks.domain.schedule import SCHEDULE
from services.notify.webhooks.tables import WebhookEndpoint
from shared.contracts.routing import CaseEvent, CaseRegraded, JointOpened
from shared.contracts.vocabulary import Grade
from shared.identity import SYSTEM, Actor, End, Role
from tests.notify.hooks import (
    CLERK,
    HANDED_OVER,
    OFFICER_OF_FIRE,
    deliveries,
    pump,
    with_fire,
)
from tests.notify.news import CENTRE, organisation_known, staff_known
from tests.notify.real_sending import delivering, real_sender, receiver_of
from tests.notify.receivers import Script, answers, in_turn, silence
from tests.samples import COURT, FIRE, FIRE_BRIGADE, a_case, named, staff
from tests.stage import Stage
from tests.waiting import until

COUNTY, CITY = "421202", "4212"
KEEPER, FAR_KEEPER, CITY_KEEPER, DESK = map(named, ("keeper", "far", "city keeper", "desk"))


def about(*cases: str) -> list[CaseEvent]:
    """An event of each of several cases."""
    units = {"handler": FIRE_BRIGADE, "units": (FIRE_BRIGADE,)}
    return [JointOpened(case=a_case(id=named(case), **units)) for case in cases]


def reader(person: UUID) -> Actor:
    return staff(person, End.CENTRE, Role.ADMINISTRATOR, CENTRE)


async def told(stage: Stage, actor: Actor) -> list[str]:
    async with stage.client(actor) as client:
        inbox = (await client.get("/inbox")).json()["items"]
    return [each["notification"] for each in inbox]


async def the_centre_is_known(stage: Stage) -> None:
    people: list[tuple[UUID, str, str]] = [
        (KEEPER, "ADMINISTRATOR", COUNTY),
        (FAR_KEEPER, "ADMINISTRATOR", "421281"),
        (CITY_KEEPER, "ADMINISTRATOR", CITY),
        (DESK, "DISPATCHER", COUNTY),
    ]
    await stage.hear(
        organisation_known(FIRE, "DEPARTMENT", "FIRE", COUNTY, "演示消防"),
        *(staff_known(person, f"keeper-{person}", CENTRE, end="CENTRE", roles=(role,),
                      divisions=(place,)) for person, role, place in people),
    )  # fmt: skip


async def resumed(stage: Stage) -> None:
    runtime = stage.host.runtime
    async with runtime.database.transaction() as session:
        (endpoint_id,) = (await session.execute(text("SELECT id FROM webhook_endpoint"))).scalars()
        endpoint = await session.get(WebhookEndpoint, endpoint_id, with_for_update=True)
        assert endpoint is not None
        await resume(Deed(session, runtime, SYSTEM, stage.clock.now()), endpoint)


async def next_moment(stage: Stage) -> datetime:
    waiting = [
        datetime.fromisoformat(each["next_at"])
        for each in await deliveries(stage, OFFICER_OF_FIRE)
        if each["state"] == "WAITING"
    ]
    return min(waiting)


async def test_gone_is_paused_at_once_and_nothing_is_lost(stage: Stage) -> None:
    """P15: 410; what waits and what comes meanwhile goes out on resumption, each under its id."""
    await the_centre_is_known(stage)
    async with delivering(stage, in_turn(answers(410), answers(204))) as receiver:
        assert await pump(stage) == 1
        await stage.hear(*about("a", "b"))
        stage.clock.advance(timedelta(days=100))
        assert await pump(stage) == 0
        waiting = await deliveries(stage, OFFICER_OF_FIRE)
        assert [each["state"] for each in waiting] == ["WAITING"] * 3
        assert await told(stage, OFFICER_OF_FIRE) == ["WEBHOOK_GONE"]
        assert await told(stage, reader(KEEPER)) == ["WEBHOOK_GONE"], "the county's administrator"
        for other in (FAR_KEEPER, CITY_KEEPER, DESK):
            assert await told(stage, reader(other)) == []
        await resumed(stage)
        assert await pump(stage) == 3
        assert {each.webhook_id for each in receiver.requests} == {each["id"] for each in waiting}
        with pytest.raises(EndpointNotPaused):
            await resumed(stage)
    assert await stage.count("audit_entry", "action = 'webhook_endpoint.paused'") == 1
    assert await stage.count("audit_entry", "action = 'webhook_endpoint.resumed'") == 1


async def test_one_alert_after_the_fourth_failure(stage: Stage) -> None:
    """P15: the organisation is told once while it lasts, and again of the next time."""
    fail_five, work = [answers(500)] * 5, answers(204)
    scripts: list[Script] = [*fail_five, work, *fail_five, work]
    with capture_logs() as logs:
        async with delivering(stage, in_turn(*scripts)):
            for attempt in range(1, 7):
                assert await pump(stage) == 1
                assert len(await told(stage, OFFICER_OF_FIRE)) == (attempt >= 4), attempt
                stage.clock.advance(max(SCHEDULE))
            await stage.hear(*about("another"))
            for _ in range(6):
                assert await pump(stage) == 1
                stage.clock.advance(max(SCHEDULE))
    assert await told(stage, OFFICER_OF_FIRE) == ["WEBHOOK_RETRYING"] * 2
    warned = [each for each in logs if each["event"] == "webhook_endpoint_fails"]
    assert [each["organisation"] for each in warned] == [str(FIRE)] * 2


async def test_five_days_of_failure_pause_an_endpoint(stage: Stage) -> None:
    """P15: the delivery that ran out has failed, the others wait; a dispatcher is told where no
    administrator is.
    """
    await stage.hear(
        organisation_known(FIRE, "DEPARTMENT", "FIRE", COUNTY, "演示消防"),
        staff_known(DESK, "desk", CENTRE, end="CENTRE", roles=("DISPATCHER",), divisions=(COUNTY,)),
    )
    began = stage.clock.now()
    async with delivering(stage, answers(500)) as receiver:
        await pump(stage)
        stage.clock.advance(timedelta(hours=60))
        await stage.hear(*about("later"))
        while not await stage.count("webhook_endpoint", "paused_at IS NOT NULL"):
            stage.clock.move_to(max(await next_moment(stage), stage.clock.now()))
            stage.clock.advance(timedelta(minutes=1))  # an open circuit waits that long
            await pump(stage)
        assert timedelta(hours=120) <= stage.clock.now() - began < timedelta(hours=144)
        assert await stage.count("webhook_endpoint", "paused_because = 'FAILING'") == 1
        asked = len(receiver.requests)
        stage.clock.advance(timedelta(days=9))
        assert await pump(stage) == 0
        receiver.script = answers(204)
        await resumed(stage)
        assert await pump(stage) == 1
        assert len(receiver.requests) == asked + 1
    states = [each["state"] for each in await deliveries(stage, OFFICER_OF_FIRE)]
    assert states == ["DELIVERED", "FAILED"]
    assert await told(stage, OFFICER_OF_FIRE) == ["WEBHOOK_FAILING", "WEBHOOK_RETRYING"]
    assert await told(stage, reader(DESK)) == ["WEBHOOK_FAILING"]


async def test_failures_months_apart_are_no_unbroken_failure(stage: Stage) -> None:
    """X44: one delivery ran out in spring; one failure in summer pauses nothing."""
    async with delivering(stage, answers(500)):
        for wait in SCHEDULE:
            stage.clock.advance(wait)
            assert await pump(stage) == 1
        stage.clock.advance(timedelta(days=90))
        await stage.hear(*about("summer"))
        assert await pump(stage) == 1
    assert await stage.count("webhook_endpoint", "paused_at IS NULL AND failures = 1") == 1


async def test_four_at_once_and_no_more(stage: Stage) -> None:
    """P16 §10: a slow one keeps only its own place."""
    held, released = asyncio.Semaphore(0), asyncio.Event()
    first = answers(204)

    async def hold(writer: asyncio.StreamWriter) -> None:
        held.release()
        await released.wait()
        await first(writer)

    async with delivering(stage, hold) as receiver:
        await stage.hear(*about(*"abcdefghijk"))
        pumping = asyncio.create_task(pump(stage))
        for _ in range(4):
            await held.acquire()
        released.set()
        assert await pumping == 12
        assert receiver.most_at_once == 4


async def test_an_open_circuit_lets_one_through_a_minute(stage: Stage) -> None:
    """A dead endpoint costs one connection at a time, and its deliveries keep their attempts."""
    async with delivering(stage, answers(500)) as receiver:
        await stage.hear(*about(*"abcdefghijklmnopqrstuvwxyz"))
        begun = await pump(stage)
        assert 5 <= begun <= 5 + 3, "those that were under way when it opened end"
        assert await pump(stage) == 0
        for _ in range(3):
            stage.clock.advance(timedelta(seconds=59))
            assert await pump(stage) == 0
            stage.clock.advance(timedelta(seconds=1))
            assert await pump(stage) == 1
        receiver.script = answers(204)
        stage.clock.advance(timedelta(seconds=60))
        assert await pump(stage) > 20, "one success and all follow"
    assert await stage.count("webhook_delivery", "attempts > 2") == 0


async def test_a_hanging_department_holds_up_no_court(stage: Stage) -> None:
    """T18: the other is delivered while the first still hangs."""
    sender = real_sender(stage)
    async with (
        receiver_of(stage, FIRE, silence) as hanging,
        receiver_of(stage, COURT, answers(204)) as healthy,
    ):
        running = asyncio.create_task(sender.run())
        await stage.hear(*about(*"abcd"))

        async def hangs() -> bool:
            return hanging.at_once == 4

        await until(hangs)
        await stage.hear(HANDED_OVER)

        async def arrived() -> bool:
            return len(healthy.requests) == 1

        await until(arrived)
        assert len(hanging.requests) == hanging.at_once == 4
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await sender.close()
    assert len(await deliveries(stage, CLERK)) == 1


async def test_a_case_keeps_its_order_while_the_endpoint_answers(stage: Stage) -> None:
    """P7: never two of one case at once, and the older one first, through a short failure too."""
    async with delivering(stage, in_turn(answers(503), answers(204))) as receiver:
        await stage.hear(*(with_fire(CaseRegraded, old_grade=grade) for grade in Grade))
        assert await pump(stage) == 1, "the first one failed, the others wait for it"
        stage.clock.advance(SCHEDULE[1])
        assert await pump(stage) == 1 + len(Grade)
        assert receiver.most_at_once == 1
        arrived = [each.webhook_id for each in receiver.requests[1:]]
    assert arrived == sorted(arrived) == [each["id"] for each in await oldest_first(stage)]


async def test_what_fails_again_holds_up_its_case_no_longer(stage: Stage) -> None:
    """The newest state is worth more than the order."""
    async with delivering(stage, in_turn(answers(400), answers(400), answers(204))):
        await stage.hear(with_fire(CaseRegraded, old_grade=Grade.SMALL))
        assert await pump(stage) == 1
        stage.clock.advance(SCHEDULE[1])
        assert await pump(stage) == 2
    states = [each["state"] for each in await oldest_first(stage)]
    assert states == ["WAITING", "DELIVERED"]


async def oldest_first(stage: Stage) -> list[dict[str, Any]]:
    return (await deliveries(stage, OFFICER_OF_FIRE))[::-1]
