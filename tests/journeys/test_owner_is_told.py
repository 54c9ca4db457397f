"""From filing on the owner is told in WeChat: received, asked, accepted, refused (N01 to N03)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from deploy.demo.callers import Answer
from deploy.demo.ephemeral import running
from deploy.demo.stories import Stage
from deploy.embedded.processes import free_port
from shared.clock import BEIJING, SimulatedClock
from tests.journeys.backbone import at_rest
from tests.journeys.city import city_environment
from tests.journeys.expectations import assert_at_rest
from tests.journeys.spoken import spoken
from tests.servers import Databases

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=BEIJING)
ESTATE, DESK = "温泉花园（演示）", "zhongzhi.wenquan"
IN_COURT = "物业费一事据说法院已经立案，案号（2026）鄂1202民初88号，请协调。"
Cards = list[tuple[str | None, str]]


@pytest.fixture
async def city(postgres: Databases) -> AsyncIterator[Stage]:
    port = free_port()
    keys = await city_environment(postgres, port)
    async with running(keys, port, SimulatedClock(MORNING)) as (system, client):
        yield Stage(system, client, keys, lambda *_: None)


async def cards(city: Stage, person: str) -> Cards:
    """What WeChat brought: when, and the state on the card."""
    await city.settled()
    path = "/simulators/wechat/_control/messages"
    sent = (await city.client.get(path, params={"person": person})).raise_for_status().json()
    return [(spoken(each["sent_at"]), each["data"]["phrase3"]) for each in sent]


async def file(city: Stage, person: str, **changes: str) -> str:
    """Before the form is sent the mini-program asks whether it may write."""
    await city.accept_messages(person)
    form = {"title": "物业费", "text": IN_COURT, "category": "PF01"} | changes
    return str((await city.file(person, ESTATE, **form))["id"])


async def at_the_desk(city: Stage, complaint_id: str, step: str, body: Answer) -> None:
    await city.staff(DESK).post(f"/routing/pending-complaints/{complaint_id}/{step}", body)
    await city.settled()


async def test_received_asked_and_accepted(city: Stage) -> None:
    """N01 at T01 and T06, N02 at T02; each once, with the number, each about the right state."""
    complaint_id = await file(city, "owner-8")
    assert await cards(city, "owner-8") == [("2026-03-02 09:00", "已收到")]
    await city.at("2026-03-02 09:30", "the desk asks")
    question: Answer = {"missing": ["COURT_STATE"], "words": "请说明法院是否已经立案。"}
    await at_the_desk(city, complaint_id, "information-request", question)
    await city.at("2026-03-02 10:00", "the owner answers")
    supplied = {"text": "法院并未立案，是物业公司口头说的。"}
    await city.owner("owner-8").post(f"/intake/complaints/{complaint_id}/supplement", supplied)
    await at_the_desk(city, complaint_id, "acceptance", {})
    told = await cards(city, "owner-8")
    assert told[:2] == [("2026-03-02 09:00", "已收到"), ("2026-03-02 09:30", "待补正")]
    assert sorted(told[2:]) == [("2026-03-02 10:00", "已受理"), ("2026-03-02 10:00", "已派单")]
    assert_at_rest(await at_rest(city.system))


async def test_refused_with_the_right_place_to_turn_to(city: Stage) -> None:
    """N03 at T05."""
    complaint_id = await file(city, "owner-8")
    await city.at("2026-03-02 09:30", "the desk refuses")
    refusal: Answer = {"reason": "IN_COURT", "words": "该事项已由法院受理，请通过诉讼解决。"}
    await at_the_desk(city, complaint_id, "refusal", refusal)
    assert await cards(city, "owner-8") == [
        ("2026-03-02 09:00", "已收到"),
        ("2026-03-02 09:30", "不予受理"),
    ]


async def test_what_is_held_back_from_others_is_told_like_everything_else(city: Stage) -> None:
    """Never rejected: WeChat finds abuse, the centre looks, the owner hears nothing of it."""
    complaint_id = await file(city, "owner-8", text=f"{IN_COURT}物业测试辱骂。")
    held = (await city.staff(DESK).get("/intake/screenings"))["items"]
    assert [(each["complaint_id"], each["label"]) for each in held] == [(complaint_id, 20003)]
    waiting = await city.staff(DESK).get(f"/routing/pending-complaints/{complaint_id}")
    assert "测试辱骂" in waiting["text"]
    decision = {"visible": True, "reason": "仅为情绪表达"}
    await city.staff(DESK).post(f"/intake/screenings/{held[0]['id']}/decision", decision)
    assert (await city.staff(DESK).get("/intake/screenings"))["items"] == []
    assert await cards(city, "owner-8") == [("2026-03-02 09:00", "已收到")]
