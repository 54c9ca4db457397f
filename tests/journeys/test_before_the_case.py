"""Before and beside the case, across the services: asked for more, accepted, urged, withdrawn."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from deploy.demo import world
from deploy.demo.callers import Answer, Caller
from deploy.demo.counting import everything
from deploy.demo.ephemeral import running
from deploy.demo.stories import Stage
from deploy.embedded.processes import free_port
from shared.clock import BEIJING, SimulatedClock
from tests.journeys.backbone import at_rest
from tests.journeys.city import city_environment
from tests.journeys.expectations import assert_at_rest
from tests.servers import Databases

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=BEIJING)
REPORTER, ESTATE = "owner-8", "温泉花园（演示）"
DESK = "zhongzhi.wenquan"
IN_COURT = "物业费一事据说法院已经立案，案号（2026）鄂1202民初88号，请协调。"
NOISE = "楼上小孩跑跳有轻微噪音，影响休息，希望社区帮助协调。"


@pytest.fixture(scope="module")
async def city(postgres: Databases) -> AsyncIterator[Stage]:
    port = free_port()
    keys = await city_environment(postgres, port)
    async with running(keys, port, SimulatedClock(MORNING)) as (system, client):
        yield Stage(system, client, keys, lambda *_: None)


async def mine(city: Stage, receipt: Answer) -> Answer:
    return await city.owner(REPORTER).get(f"/intake/complaints/{receipt['id']}")


async def handler(city: Stage, receipt: Answer) -> Caller:
    """Whoever the case was sent to by the map."""
    case_id = (await mine(city, receipt))["case"]["id"]
    person = (await city.staff(DESK).get(f"/routing/cases/{case_id}"))["handler"]["person_id"]
    return city.staff(next(each.account for each in world.STAFF if str(each.id) == person))


async def told(city: Stage, reader: Caller, code: str) -> list[str]:
    """The titles of what somebody finds in the inbox under that notification."""
    await city.settled()
    inbox = await everything(reader, "/notify/inbox")
    return [entry["title"] for entry in inbox if entry["notification"] == code]


async def test_asked_for_more_supplied_and_accepted(city: Stage) -> None:
    """T01, T02, N02, T03, T06, X28: from the form to the case, by way of the desk."""
    reporter, desk = city.owner(REPORTER), city.staff(DESK)
    receipt = await city.file(REPORTER, ESTATE, title="物业费", text=IN_COURT, category="PF01")
    waiting = f"/routing/pending-complaints/{receipt['id']}"
    assert (await mine(city, receipt))["state"] == "SUBMITTED"
    assert [each["code"] for each in (await desk.get(waiting))["reasons"]] == ["COURT_NUMBER"]

    await city.at("2026-03-02 09:30", "the desk asks")
    question: Answer = {"missing": ["COURT_STATE"], "words": "请说明法院是否已经立案。"}
    await desk.post(f"{waiting}/information-request", question)
    await city.settled()
    asked = await mine(city, receipt)
    assert (asked["state"], asked["supplement_until"]) == (
        "NEED_INFO",
        "2026-03-08T00:00:00+08:00",
    )
    assert await told(city, reporter, "N02") == ["请补充诉求材料"]

    await city.at("2026-03-03 20:00", "the reporter answers")
    answer = {"text": "法院并未立案，是物业公司口头说的。"}
    await reporter.post(f"/intake/complaints/{receipt['id']}/supplement", answer)
    await city.settled()
    assert "口头说的" in (await desk.get(waiting))["text"]
    await city.at("2026-03-03 20:30", "the desk accepts")
    await desk.post(f"{waiting}/acceptance")
    await city.settled()
    accepted = await mine(city, receipt)
    assert (accepted["state"], accepted["case"]["state"]) == ("ACCEPTED", "DISPATCHED")
    assert "诉求已受理" in await told(city, reporter, "N01")
    lines = await everything(reporter, f"/intake/complaints/{receipt['id']}/timeline")
    assert [line["title"] for line in lines] == [
        *("已提交", "请您补充材料", "已补充材料", "已受理", "已定级", "已派单"),
    ]


async def test_urged_and_withdrawn(city: Stage) -> None:
    """T45, T08: the handler hears of the urge; the only complaint takes its case along."""
    reporter = city.owner(REPORTER)
    receipt = await city.file(REPORTER, ESTATE, title="楼上轻微噪音", text=NOISE, category="NS01")
    worker = await handler(city, receipt)
    await reporter.post(f"/intake/complaints/{receipt['id']}/urge")
    assert "业主催办" in await told(city, worker, "N04")
    await reporter.post(f"/intake/complaints/{receipt['id']}/withdrawal")
    assert "案件已终止" in await told(city, worker, "N04")
    withdrawn = await mine(city, receipt)
    assert (withdrawn["state"], withdrawn["case"]["state"]) == ("WITHDRAWN", "CANCELLED")
    assert_at_rest(await at_rest(city.system))
