"""Every door end to end: orders in, replies out, desks, what becomes of it (B02-B06, X44)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from deploy.demo import world
from deploy.demo.ephemeral import running
from deploy.demo.stories import Stage
from deploy.embedded.processes import free_port
from shared.clock import BEIJING, SimulatedClock
from tests.documents.hotline_desk import REPLY, case_of, handle, replies, solve
from tests.journeys.city import city_environment
from tests.servers import Databases

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=BEIJING)
GARDEN = world.estate("温泉花园（演示）")
RESIDENT = {"name": "演示居民", "mobile": "13900000042", "consents": True}
RUBBISH = "一单元楼道堆放生活垃圾近一周，物业一直没有清理"
FIGHT = "小区门口有人持刀打架斗殴，已经有人受伤"
DESKS = {
    "WALK_IN": "zhongzhi.wenquan",
    "GRID_REPORT": "wangge.wenquan1",
    "COMPANY": "wuye.wenquan",
    "INSPECTION": "chengguan.xianan",
    "COURT_DELEGATED": "fayuan.xianan",
}


@pytest.fixture(scope="module")
async def hub(postgres: Databases) -> AsyncIterator[Stage]:
    port = free_port()
    keys = await city_environment(postgres, port)
    async with running(keys, port, SimulatedClock(MORNING)) as (system, client):
        yield Stage(system, client, keys, lambda *_: None)


def order(number: str, **changes: Any) -> dict[str, Any]:
    return {
        "order_number": number,
        "accepted_at": "2026-03-02T08:55:00+08:00",
        "estate": "温泉花园",
        "building": "1",
        "title": "楼道垃圾",
        "text": RUBBISH,
        "category": "HY01",
    } | changes


async def push(hub: Stage, body: dict[str, Any]) -> dict[str, Any]:
    answer = await hub.client.post("/simulators/hotline/_control/push", json=body)
    await hub.settled()
    assert answer.json()["status"] == 201, answer.text
    receipt: dict[str, Any] = answer.json()["body"]
    return receipt


async def later(hub: Stage, minutes: int) -> None:
    await hub.system.move_to(hub.system.clock.now() + timedelta(minutes=minutes))


async def filed(hub: Stage, door: str, **changes: Any) -> str:
    """Filed at the desk of that door, by its id."""
    body: dict[str, Any] = {
        "door": door,
        "estate_id": str(GARDEN.id),
        "building_id": str(GARDEN.building("1").id),
        "text": RUBBISH,
        "category": "HY01",
    }
    if door == "COURT_DELEGATED":
        body["court_number"] = "（2026）鄂1202诉前调7号"
    if door == "WALK_IN":
        body["reporter"] = RESIDENT
    receipt = await hub.staff(DESKS[door]).post("/intake/desk/complaints", body | changes)
    await hub.settled()
    return str(receipt["id"])


async def shown(hub: Stage, door: str, complaint_id: str) -> dict[str, Any]:
    return await hub.staff(DESKS[door]).get(f"/intake/desk/complaints/{complaint_id}")


async def test_the_reply_goes_back_once_though_the_adapter_was_down_for_two_hours(
    hub: Stage,
) -> None:
    """B03, B04, B06, X44: an order comes twice; its reply is delivered once afterwards."""
    receipt = await push(hub, order("XN-0001"))
    assert await push(hub, order("XN-0001")) == receipt
    fault = {"call": "replies", "status": 503, "body": "{}", "times": 6}
    await hub.client.post("/simulators/hotline/_control/faults", json=fault)
    address = await handle(hub, "XN-0001")
    clocks = (await hub.staff("zhongzhi.wenquan").get(f"{address}/clocks"))["items"]
    dispatch = next(each for each in clocks if each["kind"] == "DISPATCH")
    assert dispatch["started_at"] == "2026-03-02T08:55:00+08:00"
    for _ in range(8):
        await later(hub, 15)
    assert await replies(hub.client, "XN-0001") == []
    await later(hub, 15)
    (reply,) = await replies(hub.client, "XN-0001")
    assert (reply["times"], reply["payload"]["reply"]) == (1, REPLY)
    assert reply["payload"]["complaint_number"] == receipt["number"]
    await later(hub, 60)
    (still,) = await replies(hub.client, "XN-0001")
    assert still["times"] == 1


async def test_a_correction_reaches_whoever_handles_the_case(hub: Stage) -> None:
    """B03: accepted at once, so nothing waits for it; told as a supplement."""
    await push(hub, order("XN-0002"))
    await push(hub, order("XN-0002", text="二单元楼道也堆放了生活垃圾，请一并清理"))
    case = await hub.staff("zhongzhi.wenquan").get(
        f"/routing/cases/{await case_of(hub, 'XN-0002')}"
    )
    (complaint,) = case["complaints"]
    assert complaint["text"].startswith(RUBBISH)
    assert "二单元楼道也堆放了生活垃圾" in complaint["text"]


async def test_an_order_without_a_place_waits_for_a_person_of_the_county(hub: Stage) -> None:
    """B03."""
    receipt = await push(hub, order("XN-0003", estate="不知名小区", building=None))
    desk, waiting = hub.staff("zhongzhi.xianan"), "/routing/pending-complaints"
    listed = (await desk.get(waiting))["items"]
    (mine,) = [each for each in listed if each["number"] == receipt["number"]]
    assert [each["code"] for each in mine["reasons"]] == ["PLACE_UNKNOWN"]
    await desk.post(f"{waiting}/{mine['complaint_id']}/acceptance")
    await hub.settled()
    case = await desk.get(f"/routing/cases/{await case_of(hub, 'XN-0003')}")
    assert case["state"] == "TO_DISPATCH"
    assert "不知名小区" in case["complaints"][0]["place"]


@pytest.mark.parametrize("door", DESKS)
async def test_a_police_matter_is_refused_whatever_the_door(hub: Stage, door: str) -> None:
    """T05, B02: with the number to call, and no case."""
    complaint_id = await filed(hub, door, text=FIGHT, category="XX01")
    found = await shown(hub, door, complaint_id)
    assert (found["state"], found["refusal_reason"]) == ("NOT_ACCEPTED", "POLICE")
    assert found["case"] is None


async def test_a_police_matter_of_the_hotline_is_replied_to_with_110(hub: Stage) -> None:
    """T05, B02, X44."""
    await push(hub, order("XN-0004", text=FIGHT, category="XX01"))
    (reply,) = await replies(hub.client, "XN-0004")
    assert (reply["payload"]["kind"], reply["payload"]["refusal_reason"]) == (
        "NOT_ACCEPTED",
        "POLICE",
    )
    assert "110" in reply["payload"]["reply"]


@pytest.mark.parametrize(
    ("door", "reporter", "state"),
    [
        ("GRID_REPORT", RESIDENT, "FEEDBACK"),
        ("GRID_REPORT", None, "CLOSED"),
    ],
)
async def test_who_reported_through_the_grid_is_asked_and_a_finding_closes(
    hub: Stage, door: str, reporter: Any, state: str
) -> None:
    """X45: only where nobody stands behind it the report line ends the case (T31)."""
    complaint_id = await filed(hub, door, reporter=reporter)
    case = (await shown(hub, door, complaint_id))["case"]
    await solve(hub, f"/routing/cases/{case['id']}")
    assert (await shown(hub, door, complaint_id))["case"]["state"] == state


async def test_a_company_that_claims_fees_shows_its_reminder_first(hub: Stage) -> None:
    """X21: without it NEED_INFO, with it a case; the owner is no reporter."""
    claim = {"text": "业主拖欠两年物业费，请求组织调解处理", "category": "PF01"}
    complaint_id = await filed(hub, "COMPANY", **claim)
    assert (await shown(hub, "COMPANY", complaint_id))["state"] == "NEED_INFO"
    proofs = [{"item": "REMINDER", "reference": "催〔2026〕7号"}]
    await hub.staff(DESKS["COMPANY"]).post(
        f"/intake/desk/complaints/{complaint_id}/supplement", {"proofs": proofs}
    )
    await hub.settled()
    assert (await shown(hub, "COMPANY", complaint_id))["state"] == "ACCEPTED"
    at_once = await filed(hub, "COMPANY", **claim | {"proofs": proofs})
    assert (await shown(hub, "COMPANY", at_once))["state"] in ("ACCEPTED", "MERGED")
