"""The path of a department's engineer, from the pages alone, against processes of their own.

Register, receive, verify, answer, miss a day, replay: A06, T11, T24, P3, P14, P15.
"""

from __future__ import annotations

import asyncio
import json
import os
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from deploy.demo import world as demo
from deploy.demo.callers import Answer, Caller
from tests.journeys.engineering import City, city
from tests.kit.programs import Receiver, command
from tests.waiting import until

ENGINEER, DISPATCHER = "jishu.chengguan.xianan", "zhongzhi.wenquan"
DEPARTMENT = str(demo.department("URBAN_MANAGEMENT", "421202"))
DISPATCHED = "routing.case_dispatched"
MISSED = 3
DAY = timedelta(days=1)


@dataclass
class Engineer:
    """Somebody of 城管 who has an account, the pages, and a machine."""

    city: City
    caller: Caller
    receiver: Receiver

    async def get(self, path: str, **query: str) -> Any:
        return await self.caller.get(f"/notify/webhooks/{path}", **query)

    async def post(self, path: str, body: Answer | None = None) -> Any:
        return await self.caller.post(f"/notify/webhooks/{path}", body or {})

    async def deliveries(self, endpoint_id: str, **query: str) -> list[Answer]:
        page = await self.get("deliveries", endpoint_id=endpoint_id, limit="100", **query)
        assert page["next"] is None
        return list(page["items"])


@pytest.mark.rabbitmq
async def test_the_path_of_an_engineer(tmp_path: Path) -> None:
    async with city(tmp_path) as there:
        receiver = Receiver("python", tmp_path, {}, through=there.through())
        engineer = Engineer(there, there.staff(ENGINEER), receiver)
        private, endpoint = await register(engineer)
        async with engineer.receiver.running():
            await receive_a_test(engineer, endpoint)
            case = await is_dispatched(there)
            await is_signed_for(there, case)
            await hand_in(there, case, private)
        began = there.now
        missed = await miss_a_day(engineer, endpoint)
        async with engineer.receiver.running():
            await replayed(engineer, endpoint, began.isoformat(), missed)


async def register(engineer: Engineer) -> tuple[str, str]:
    """An endpoint, and a key of one's own; returns the private key and the endpoint's id."""
    endpoint = await engineer.post("endpoints", {"url": engineer.receiver.url})
    private, public = (await program("new-key-pair")).split()
    await engineer.caller.post("/routing/integration/keys", {"public_key": public})
    engineer.receiver.settings |= {
        "HUB_KEYS": " ".join([*endpoint["public_keys"], endpoint["secret"]]),
        **calling(engineer.city, private),
    }
    return private, str(endpoint["id"])


async def receive_a_test(engineer: Engineer, endpoint: str) -> None:
    sent = await engineer.post(f"endpoints/{endpoint}/test")
    shown: Answer = {}

    async def delivered() -> bool:
        shown.update(await engineer.get(f"deliveries/{sent['id']}"))
        return bool(shown["state"] == "DELIVERED")

    await until(delivered)
    await until(lambda: _done(engineer.receiver, sent["id"]))
    assert shown["event_type"] == "webhook.test"
    assert [attempt["status"] for attempt in shown["log"]] == [204]


async def is_dispatched(there: City) -> Answer:
    """A complaint of the hotline becomes a case, which the street centre gives to 城管."""
    number = await there.order("物业费标准不清楚，收取物业费没有公示，希望说明并退还多收部分。")
    desk = there.staff(DISPATCHER)
    case: Answer = {}

    async def there_is_a_case() -> bool:
        waiting = (await desk.get("/routing/cases", state="TO_DISPATCH"))["items"]
        case.update(waiting[0] if waiting else {})
        return bool(waiting)

    await until(there_is_a_case)
    await desk.post(f"/routing/cases/{case['id']}/dispatch", {"organisation_id": DEPARTMENT})
    assert number not in json.dumps(case)
    return case


async def is_signed_for(there: City, case: Answer) -> None:
    """T11: by the receiver, as an answer to the webhook."""
    desk = there.staff(DISPATCHER)

    async def handled() -> bool:
        return bool((await desk.get(f"/routing/cases/{case['id']}"))["state"] == "HANDLING")

    await until(handled)
    entries = (await desk.get(f"/routing/cases/{case['id']}/timeline"))["items"]
    assert (entries[-1]["row"], entries[-1]["actor_end"]) == ("T11", "DEPARTMENT")


async def hand_in(there: City, case: Answer, private: str) -> None:
    """T24: by the caller, from the command line; the same again is answered the same."""
    result = {
        "type": "case.result",
        "case_number": case["number"],
        "result_code": "EXPLAINED",
        "text": "已核查账目并公示。",
        "proof": ["咸城管函〔2026〕1号"],
    }
    words = ("department", json.dumps(result), f"result-{case['number']}")
    first = await program(*words, **calling(there, private))
    again = await program(*words, **calling(there, private))
    assert first.startswith("200 ")
    assert json.loads(first[4:])["state"] == "RESULT_REVIEW"
    assert again == first


async def miss_a_day(engineer: Engineer, endpoint: str) -> set[str]:
    """Nobody listens; what is written down meanwhile is tried, and waits. Returns the ids."""
    for _ in range(MISSED):
        await is_dispatched(engineer.city)
    await until(lambda: _tried(engineer, endpoint, all_of_them=1))
    engineer.city.pass_time(DAY)
    await until(lambda: _tried(engineer, endpoint, some_of_them=2))
    missed = await engineer.deliveries(endpoint, state="WAITING", event_type=DISPATCHED)
    assert {each["last_status"] for each in missed} == {None}, "nobody answered"
    assert not set(engineer.receiver.stored()) & {each["id"] for each in missed}
    return {each["id"] for each in missed}


async def _tried(
    engineer: Engineer, endpoint: str, *, all_of_them: int = 0, some_of_them: int = 0
) -> bool:
    """Whether the endpoint was told of the cases so often, in vain."""
    waiting = await engineer.deliveries(endpoint, state="WAITING", event_type=DISPATCHED)
    attempts = [each["attempts"] for each in waiting]
    return (
        len(attempts) == MISSED and min(attempts) >= all_of_them and max(attempts) >= some_of_them
    )


async def replayed(engineer: Engineer, endpoint: str, since: str, missed: set[str]) -> None:
    """Everything comes under the id that it had, and nothing that had come comes again."""
    until_now = (engineer.city.now + timedelta(minutes=1)).isoformat()
    period = {"since": since, "until": until_now, "only_missed": True}
    answer = await engineer.post(f"endpoints/{endpoint}/replay", period)
    assert answer["replayed"] >= MISSED
    engineer.city.pass_time(timedelta(minutes=2))  # until the next look at whether it is back

    async def nothing_waits() -> bool:
        return not await engineer.deliveries(endpoint, state="WAITING")

    await until(nothing_waits)
    told = {each["id"] for each in await engineer.deliveries(endpoint)}
    for webhook_id in told:
        await until(partial(_done, engineer.receiver, webhook_id))
    assert missed <= told
    assert set(engineer.receiver.stored()) == told
    assert set(engineer.receiver.times().values()) == {1}


async def _done(receiver: Receiver, webhook_id: str) -> bool:
    return receiver.stored().get(webhook_id) is not None


def calling(there: City, private: str) -> dict[str, str]:
    return {
        "HUB_URL": there.world.origin("routing"),
        "ORGANISATION_ID": DEPARTMENT,
        "OWN_KEY": private,
    }


async def program(*words: str, **settings: str) -> str:
    """What the caller of the samples says."""
    process = await asyncio.create_subprocess_exec(
        *command("python", "caller", *words),
        env={"PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8"} | settings,
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    return output.decode().strip()
