"""X45: what a worker finds on patrol becomes a case; nobody is asked how it was handled."""

from __future__ import annotations

from uuid import uuid4

import pytest

from deploy.demo import world
from shared.contracts import routing as said
from tests.routing.drama import Drama
from tests.routing.field.device import LEADER, OFFICE, STREET, Device

NOISE = "楼上小孩跑跳有轻微噪音，邻居反映影响休息。"


async def test_a_finding_opens_a_case(drama: Drama, device: Device) -> None:
    """X45: channel INSPECTION, no reporter; triaged, graded and sent by map like any other."""
    (answer,) = await device.send(device.finding())
    case = await drama.see(STREET, f"/cases/{answer['case']['id']}")
    assert (case["channel"], case["category"], case["grade"]) == ("INSPECTION", "FR01", "MAJOR")
    complaint = case["complaints"][0]
    assert complaint["number"] == "XC20260302-00001"
    assert (complaint["owner_id"], complaint["house_id"]) == (None, None)
    assert complaint["title"] == "巡查发现"
    assert (await drama.stage.said(said.CaseCreated))[0].case.owner_ids == ()
    rows = await drama.rows("SELECT narrative FROM case_complaint")
    assert "楼道" not in rows[0]["narrative"]


async def test_a_finding_sent_twice_is_one_case(drama: Drama, device: Device) -> None:
    finding = device.finding()
    first, second = [(await device.send(finding))[0] for _ in range(2)]
    assert first["case"] == second["case"]
    assert await drama.stage.count("cases") == 1


async def test_it_closes_without_a_visit(drama: Drama, device: Device) -> None:
    """X45: the reply is the line of the report; no CK-12, no return visit, no rating."""
    (answer,) = await device.send(device.finding(NOISE, category="NS01", channel="GRID_REPORT"))
    case_id = answer["case"]["id"]
    assert answer["case"]["state"] == "DISPATCHED"
    device.made.clear()
    device.sign(case_id)
    device.result(case_id)
    assert await device.outcomes() == ["APPLIED"] * 2
    await drama.act(LEADER, case_id, "review", {"decision": "APPROVE", "reply": "已劝导整改"})
    assert (await drama.row(case_id))["state"] == "CLOSED"
    clocks = await drama.rows("SELECT kind FROM clock WHERE state = 'RUNNING'")
    assert [clock["kind"] for clock in clocks] == ["REOPEN_WINDOW"]
    assert len(await drama.stage.said(said.CaseClosed)) == 1


async def test_a_complaint_with_an_owner_still_waits_for_the_answer(drama: Drama) -> None:
    """T25, CK-12: the channel alone does not end it; who reported is asked."""
    case_id = await drama.submit(channel="GRID_REPORT")
    worker = Device(drama)
    await worker.send(worker.sign(case_id), worker.result(case_id))
    await drama.act(LEADER, case_id, "review", {"decision": "APPROVE", "reply": "已处理"})
    assert (await drama.row(case_id))["state"] == "FEEDBACK"


async def test_only_in_the_own_grid(drama: Drama, device: Device) -> None:
    """A02, A05: building 1 is another worker's; the leader finds in all of the community."""
    elsewhere = {"building_id": str(world.estate("温泉花园（演示）").building("1").id)}
    assert await device.code(device.finding(**elsewhere)) == "NOT_YOUR_TASK"
    leader = Device(drama, LEADER)
    assert await leader.outcomes(leader.finding(**elsewhere)) == ["APPLIED"]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"estate_id": str(uuid4())}, "UNKNOWN_PLACE"),
        ({"building_id": str(uuid4())}, "UNKNOWN_PLACE"),
        ({"text": "小区门口有人打架斗殴，正在打架。"}, "FINDING_FOR_POLICE"),
        ({"category": "噪音"}, "INVALID_FIELDS"),
    ],
)
async def test_what_becomes_no_case(
    drama: Drama, device: Device, facts: dict[str, str], code: str
) -> None:
    """B02: a matter for the police is told so at once; nothing of it is stored."""
    assert await device.code(device.finding(**facts)) == code
    assert await drama.stage.count("cases") == 0
    assert await drama.stage.count("screening") == 0


async def test_a_photograph_of_a_finding_is_the_cases(drama: Drama, device: Device) -> None:
    photo_id = str(uuid4())
    (answer,) = await device.send(device.finding(photos=[photo_id]))
    photos = await drama.see(OFFICE, f"/cases/{answer['case']['id']}/photos")
    assert [(each["id"], each["arrived"], each["kind"]) for each in photos["items"]] == [
        (photo_id, False, "finding")
    ]
