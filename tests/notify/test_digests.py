"""Staff with many tasks are told of them in one message (N04)."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.notify.composition import compose
from services.notify.messages.domain.catalogue import Template
from services.notify.messages.sending.gathering import ONE_AT_A_TIME
from services.notify.messages.sending.sender import MessageSender
from shared.clock import SimulatedClock
from tests.notify.choosing import choose
from tests.notify.news import MOBILE, WORKER_NAME, dispatched, worker_known
from tests.notify.sends import GRID_STAFF, pump
from tests.notify.town import Town
from tests.samples import CASE, WORKER
from tests.stage import START, Stage


@pytest.fixture
async def busy(stage: Stage, town: Town) -> Stage:
    """The worker accepts more messages than anybody will send."""
    await stage.hear(worker_known())
    await accept(stage, town, 60)
    return stage


async def accept(stage: Stage, town: Town, times: int) -> None:
    town.accept(WORKER_NAME, Template.TASK, times)
    async with stage.client(GRID_STAFF) as client:
        for _ in range(times):
            await client.post(
                "/subscriptions",
                json={"template": "TASK", "accepted": True},
                headers={"Idempotency-Key": str(uuid4())},
            )


async def dispatch(stage: Stage, times: int, **changes: Any) -> None:
    for _ in range(times):
        await stage.hear(dispatched(id=uuid4(), **changes))


async def inbox(stage: Stage) -> dict[str, Any]:
    async with stage.client(GRID_STAFF) as client:
        found: dict[str, Any] = (await client.get("/inbox", params={"limit": 100})).json()
    return found


async def test_twelve_tasks_are_one_message_and_twelve_entries(busy: Stage, town: Town) -> None:
    """Each event delivered twice, pumped twice; every one stands in the inbox singly."""
    await dispatch(busy, 12)
    await pump(busy)
    await pump(busy)
    (sent,) = town.wechat_to(WORKER_NAME)
    assert (sent.data["thing2"], sent.data["character_string1"]) == ("您有12件待办", "12")
    told = await inbox(busy)
    assert [item["notification"] for item in told["items"]] == ["N04"] * 12
    assert told["unread"] == 12
    assert await busy.count("message", "notification = 'N04' AND state = 'GATHERED'") == 12
    assert await busy.count("message", "notification = 'DIGEST' AND state = 'DELIVERED'") == 1


async def test_a_hundred_are_one_message_too(busy: Stage, town: Town) -> None:
    """More than a sender takes at once."""
    await dispatch(busy, 100)
    await pump(busy)
    assert [sent.data["character_string1"] for sent in town.wechat_to(WORKER_NAME)] == ["100"]


async def test_as_many_as_the_rulebook_allows_come_singly(busy: Stage, town: Town) -> None:
    await dispatch(busy, 5)
    await pump(busy)
    assert len(town.wechat_to(WORKER_NAME)) == 5


async def test_what_trickles_in_is_held_and_told_together(busy: Stage, town: Town) -> None:
    """Five within the hour come as they happen; what follows waits until it is one message."""
    for _ in range(5):
        await dispatch(busy, 1)
        await pump(busy)
        busy.clock.advance(timedelta(minutes=1))
    for _ in range(5):
        await dispatch(busy, 1)
        await pump(busy)
    assert len(town.wechat_to(WORKER_NAME)) == 5
    assert await busy.count("message", "held = 'DIGEST' AND state = 'WAITING'") == 5
    await dispatch(busy, 1)
    await pump(busy)
    assert len(town.wechat_to(WORKER_NAME)) == 6
    assert town.wechat_to(WORKER_NAME)[-1].data["thing2"] == "您有6件待办"


async def test_what_is_held_comes_within_the_hour(busy: Stage, town: Town) -> None:
    await dispatch(busy, 5)
    await pump(busy)
    busy.clock.advance(timedelta(minutes=10))
    await dispatch(busy, 1)
    await pump(busy)
    assert len(town.wechat_to(WORKER_NAME)) == 5
    busy.clock.advance(timedelta(minutes=50))
    await pump(busy)
    assert len(town.wechat_to(WORKER_NAME)) == 6


async def test_an_urgent_task_is_never_gathered(busy: Stage, town: Town) -> None:
    """X31: it goes at once, beside the digest of the others."""
    await dispatch(busy, 8)
    await dispatch(busy, 1, emergency=True, number="XN421202-20260302-00099")
    await pump(busy)
    numbers = [sent.data["character_string1"] for sent in town.wechat_to(WORKER_NAME)]
    assert sorted(numbers) == ["8", "XN421202-20260302-00099"]


async def test_who_wants_none_gets_them_all(busy: Stage, town: Town) -> None:
    await choose(busy, GRID_STAFF, digest={"active": False})
    await dispatch(busy, 7)
    await pump(busy)
    assert len(town.wechat_to(WORKER_NAME)) == 7


async def test_who_chose_moments_is_told_then(busy: Stage, town: Town) -> None:
    """Two tasks are enough; they stand in the inbox from the beginning."""
    await choose(busy, GRID_STAFF, digest={"times": ["14:00", "08:30"]})
    await dispatch(busy, 2)
    await pump(busy)
    assert town.wechat_to(WORKER_NAME) == []
    assert (await inbox(busy))["unread"] == 2
    busy.clock.move_to(START.replace(hour=14))
    await pump(busy)
    assert [sent.data["thing2"] for sent in town.wechat_to(WORKER_NAME)] == ["您有2件待办"]
    await dispatch(busy, 1)
    busy.clock.move_to(START.replace(day=3, hour=8, minute=30))
    await pump(busy)
    assert len(town.wechat_to(WORKER_NAME)) == 2


async def test_two_senders_at_once_make_one_digest(
    busy: Stage, town: Town, clock: SimulatedClock
) -> None:
    await dispatch(busy, 12)
    runtime = busy.host.runtime
    first = runtime.part(MessageSender)
    await compose(runtime, town.network)
    second = runtime.part(MessageSender)
    assert first is not second
    await asyncio.gather(first.pump(), second.pump())
    await pump(busy)
    assert [sent.data["character_string1"] for sent in town.wechat_to(WORKER_NAME)] == ["12"]


async def test_while_another_sender_gathers_nothing_goes_out_singly(
    busy: Stage, town: Town
) -> None:
    """Whoever has not the turn leaves that person's tasks alone, and comes back."""
    await dispatch(busy, 3)
    sender = busy.host.runtime.part(MessageSender)
    await sender._bring((await sender._claim()).parcels)  # into the inbox
    async with busy.host.runtime.database.transaction() as session:
        await session.execute(ONE_AT_A_TIME, {"whose": str(WORKER)})
        assert (await sender._claim()).claimed == 0
    await pump(busy)
    assert len(town.wechat_to(WORKER_NAME)) == 3


async def test_the_record_says_that_it_went_with_others(busy: Stage) -> None:
    await dispatch(busy, 11)
    await busy.hear(dispatched(id=CASE))
    await pump(busy)
    async with busy.client(GRID_STAFF) as client:
        found = await client.get("/messages", params={"case_id": str(CASE)})
    (record,) = [item for item in found.json()["items"] if item["notification"] == "N04"]
    assert (record["state"], record["recipient_id"]) == ("GATHERED", str(WORKER))
    assert "已与其他待办合并为一条摘要，摘要已发出" in record["explanation"]
    assert UUID(record["id"])
    assert MOBILE not in found.text
