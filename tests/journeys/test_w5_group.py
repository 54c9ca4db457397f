"""W5: ten households and their common income, from the first complaint to the tenth rating."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from deploy.demo import world
from deploy.demo.callers import Answer
from deploy.demo.ephemeral import running
from deploy.demo.stories import Stage, Told
from deploy.embedded.processes import free_port
from shared.clock import SimulatedClock
from tests.journeys.backbone import at_rest
from tests.journeys.city import city_environment
from tests.journeys.conftest import BEGINNING
from tests.servers import Databases

ESTATE = "温泉花园（演示）"
STREET_CENTRE, COUNTY_CENTRE = "zhongzhi.wenquan", "zhongzhi.xianan"
PEOPLE = [f"owner-{number}" for number in range(1, 11)]
WORDS = (
    "小区公共收益多年不公布，电梯广告和地面停车的公共收益去了哪里，请物业公开账目。",
    "物业收了电梯广告费和停车费，公共收益账目从来没有公布过，要求公开。",
    "请查一查电梯广告、停车的公共收益，账目不公开，业主一分钱没见到。",
)
RESULT = {"result_code": "SOLVED", "text": "公共收益账目已公布", "proofs": ["公示照片"]}


@pytest.fixture
async def stage(postgres: Databases) -> AsyncIterator[Stage]:
    port = free_port()
    keys = await city_environment(postgres, port)
    async with running(keys, port, SimulatedClock(BEGINNING)) as (system, client):
        yield Stage(system, client, keys, lambda *_: None)


async def test_w5_ten_voices_one_case(stage: Stage) -> None:
    """W5, X11, U26, X09: alert on the 5th, MAJOR on the 10th, all merged; 10 receipts, 10
    feedbacks, 10 ratings, 1 case.
    """
    complaints = [await _complain(stage, 0)]
    first = await stage.told(PEOPLE[0], complaints[0])
    for number in range(1, 10):
        complaints.append(await _complain(stage, number))
        alerts = await _alerts(stage)
        assert len(alerts) == (0 if number < 4 else 1 if number < 9 else 2)
        own = await stage.told(PEOPLE[number], complaints[number])
        await stage.do(STREET_CENTRE, own, "merge", into=first.case_id, reason="同一笔公共收益")
    case = await stage.staff(COUNTY_CENTRE).get(f"/routing/cases/{first.case_id}")
    assert (case["state"], case["grade"], len(case["complaints"])) == ("JOINT", "MAJOR", 10)
    await _solve(stage, first, case)
    for person, complaint_id in zip(PEOPLE, complaints, strict=True):
        await _keeps_receipt_feedback_and_rating(stage, first, person, complaint_id)
    for rest in (await at_rest(stage.system)).values():
        assert (rest.unsent, rest.unhandled, rest.parked) == (0, 0, 0)
        assert rest.audit.intact


async def _complain(stage: Stage, number: int) -> str:
    await stage.at(f"2026-03-{2 + (number + 1) // 2:02d}T{10 + number:02d}:00:00", "业主提交诉求")
    receipt = await stage.file(
        PEOPLE[number], ESTATE, title="公共收益不公开", text=WORDS[number % 3], category="FD03"
    )
    assert receipt["number"]
    return str(receipt["id"])


async def _alerts(stage: Stage) -> list[Answer]:
    """N18, as the street's dispatcher finds it."""
    items = (await stage.staff(STREET_CENTRE).get("/notify/inbox", limit="100"))["items"]
    return [item for item in items if item["notification"] == "N18"]


async def _solve(stage: Stage, told: Told, case: Answer) -> None:
    """The departments of the proposal act together; the county reviews."""
    desks = {unit["organisation_id"]: unit["role"] for unit in case["units"]}
    members = [
        (person.account, desks[str(person.organisation_id)])
        for person in world.STAFF
        if "DEPARTMENT_OFFICER" in person.roles and str(person.organisation_id) in desks
    ]
    lead = next(account for account, role in members if role == "LEAD")
    await stage.do(lead, told, "joint/convening")
    await stage.do(lead, told, "joint/plan", plan="三日内公布账目")
    for account, _ in members:
        await stage.do(account, told, "joint/results", **RESULT)
    await stage.do(lead, told, "joint/completion", **RESULT)
    await stage.do(COUNTY_CENTRE, told, "review", decision="APPROVE", reply="账目已经公布。")


async def _keeps_receipt_feedback_and_rating(
    stage: Stage, first: Told, person: str, complaint_id: str
) -> None:
    owner = stage.owner(person)
    complaint = await owner.get(f"/intake/complaints/{complaint_id}")
    assert complaint["state"] == ("ACCEPTED" if person == first.person else "MERGED")
    assert complaint["case"]["number"] == first.case_number
    entries = (await owner.get(f"/intake/complaints/{complaint_id}/timeline"))["items"]
    assert any("账目已经公布" in entry["text"] for entry in entries)
    told = (await owner.get("/notify/inbox", limit="100"))["items"]
    assert [item["notification"] for item in told].count("N11") == 1
    await stage.rate(Told(first.case_id, first.case_number, complaint_id, person))
    (visit,) = (await owner.get("/survey/visits"))["items"]
    assert (visit["state"], visit["case_id"]) == ("ANSWERED", first.case_id)
