"""W3: a major matter, handled jointly over the May holiday; times as in lifecycle 3.11."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from deploy.demo import world
from tests.journeys.expectations import (
    assert_at_rest,
    assert_impersonal,
    assert_in_time,
    assert_told_once,
)
from tests.journeys.journey import Journey

COUNTY, NEXT_COUNTY = "421202", "421281"
LEAD = "URBAN_MANAGEMENT"
MEMBERS = ("HOUSING", "NATURAL_RESOURCES", "FIRE_RESCUE")
DESKS = ("chengguan.xianan", "zhuxin.xianan", "zigui.xianan", "xiaofang.xianan")
ANOTHER_DEPARTMENT, DEPARTMENT_OF_NEXT_COUNTY = "gongan.xianan", "chengguan.chibi"


async def test_w3_every_step_has_its_row_its_moment_and_its_state(w3: Journey) -> None:
    assert await w3.steps() == [
        ("2026-04-30 15:00", "T06", "TO_DISPATCH"),
        ("2026-04-30 15:00", "T09", "TO_DISPATCH"),
        ("2026-04-30 15:20", "T10", "DISPATCHED"),
        ("2026-04-30 15:30", "T11", "HANDLING"),
        ("2026-04-30 15:40", "T21", "JOINT"),
        ("2026-05-01 10:00", "CK-07", "JOINT"),
        ("2026-05-07 10:00", "CK-07", "JOINT"),
        ("2026-05-07 10:00", "CK-05", "JOINT"),
        ("2026-05-19 10:00", "T22", "JOINT"),
        ("2026-05-19 10:00", "T22", "JOINT"),
        ("2026-05-19 10:00", "T22", "JOINT"),
        ("2026-05-20 16:00", "T22", "JOINT"),
        ("2026-05-20 16:00", "T23", "RESULT_REVIEW"),
        ("2026-05-21 10:00", "T25", "FEEDBACK"),
        ("2026-05-21 18:00", "T31", "CLOSED"),
    ]


async def test_w3_ck_07_counts_working_days_over_the_holiday(w3: Journey) -> None:
    clocks = await w3.clocks()
    assert {name: (clock.due, clock.met) for name, clock in clocks.items()} == {
        "CK-01 DISPATCH": ("2026-04-30 16:00", "2026-04-30 15:20"),
        "CK-02 SIGN": ("2026-04-30 17:20", "2026-04-30 15:30"),
        "CK-05 FEEDBACK": ("2026-05-07 24:00", "2026-05-07 10:00"),
        "CK-07 MAJOR_CONVENE": ("2026-05-01 15:20", "2026-05-01 10:00"),
        "CK-07 MAJOR_INTERIM": ("2026-05-07 24:00", "2026-05-07 10:00"),
        "CK-07 MAJOR_PLAN": ("2026-05-08 24:00", "2026-05-07 10:00"),
        "CK-07 MAJOR_RESULT": ("2026-05-30 24:00", "2026-05-20 16:00"),
        "CK-12 OWNER_CONFIRMATION": ("2026-05-24 24:00", "2026-05-21 18:00"),
        "CK-15 REOPEN_WINDOW": ("2026-06-05 24:00", None),
        "CK-18 TRANSFER": ("2026-05-06 24:00", "2026-04-30 15:40"),
    }
    assert_in_time(clocks)


async def test_w3_the_lead_and_its_three_members_are_at_work(w3: Journey) -> None:
    case = await w3.case()
    units = {unit["organisation_id"]: unit["role"] for unit in case["units"]}
    assert case["grade"] == "MAJOR"
    assert units[str(world.department(LEAD, COUNTY))] == "LEAD"
    assert all(units[str(world.department(each, COUNTY))] == "CO" for each in MEMBERS)


async def test_a09_t22_every_member_has_filed_its_own_result(w3: Journey) -> None:
    joint = await w3.stage.staff(DESKS[0]).get(w3.path("/joint"))
    text = json.dumps(joint, ensure_ascii=False)
    for specialty in (LEAD, *MEMBERS):
        assert str(world.department(specialty, COUNTY)) in text


async def test_w3_the_owner_hears_of_team_plan_results_and_end(w3: Journey) -> None:
    titles = [title for _, title in await w3.story_for_the_owner()]
    assert titles == [
        "已提交",
        "已受理",
        "已定级",
        "已派单",
        "已签收",
        "联合处置",
        "联合会商",
        "处置方案",
        "阶段反馈",
        *["单位结果"] * 4,
        "联合处置完成",
        "结果待审核",
        "已反馈",
        "已办结",
    ]


async def test_w3_the_owner_rates_it(w3: Journey) -> None:
    visit = await w3.visit()
    assert (visit["state"], visit["solved"], visit["result_level"]) == ("ANSWERED", "YES", 5)


async def test_w3_everybody_is_told_what_lifecycle_3_7_says(w3: Journey) -> None:
    told = {(each["notification"], each["to"]) for each in await w3.messages()}
    assert told == {
        ("N01", "owner-6"),
        ("N04", "zhongzhi.wenquan"),
        ("N05", "wuye.wenquan"),
        ("N06", "owner-6"),
        ("N11", "owner-6"),
        ("N13", "owner-6"),
        ("N14", "chengguan.xianan"),
        ("N14", "jishu.chengguan.xianan"),
    }


async def test_w3_wechat_brings_the_owner_one_card_for_each(w3: Journey) -> None:
    assert sorted(await w3.wechat()) == [
        ("2026-04-30 15:00", "已受理"),
        ("2026-04-30 15:00", "已收到"),
        ("2026-04-30 15:20", "已派单"),
        ("2026-05-21 10:00", "已反馈"),
        ("2026-05-21 18:00", "已办结"),
    ]


@pytest.mark.parametrize("specialty", [LEAD, *MEMBERS])
async def test_a09_every_department_of_the_team_is_told_once_by_webhook(
    w3: Journey, specialty: str
) -> None:
    received = await w3.delivered("department", world.department(specialty, COUNTY))
    assert {each["times"] for each in received} == {1}
    assert without_warnings(received) == {
        "routing.joint_opened": 1,
        "routing.joint_convened": 1,
        "routing.joint_planned": 1,
        "routing.joint_member_result": 4,
        "routing.case_result_submitted": 1,
        "routing.joint_completed": 1,
        "routing.case_feedback_given": 1,
        "routing.case_closed": 1,
    }


@pytest.mark.parametrize("desk", DESKS)
async def test_a_department_sees_that_every_webhook_arrived_at_once(w3: Journey, desk: str) -> None:
    shown = (await w3.stage.staff(desk).get("/notify/webhooks/deliveries", limit="100"))["items"]
    own = [each for each in shown if each["case_id"] == w3.told.case_id]
    received = await w3.delivered("department", world.staff(desk).organisation_id)
    assert {each["id"] for each in own} == {each["webhook_id"] for each in received}
    assert {(each["state"], each["attempts"], each["last_status"]) for each in own} == {
        ("DELIVERED", 1, 204)
    }


async def test_webhooks_carry_numbers_and_times_and_nothing_personal(w3: Journey) -> None:
    received = await w3.stage.deliveries("department", world.department(LEAD, COUNTY))
    text = json.dumps([each["payload"] for each in received], ensure_ascii=False)
    assert w3.told.case_number in text
    assert_impersonal(text)
    assert "违法搭建房屋" not in text, "the owner's words stay in the case"


async def test_other_departments_and_counties_see_nothing(w3: Journey) -> None:
    assert await w3.refusal(DESKS[0], w3.path()) == (200, "")
    for stranger in (ANOTHER_DEPARTMENT, DEPARTMENT_OF_NEXT_COUNTY):
        assert await w3.refusal(stranger, w3.path()) == (404, "CASE_NOT_FOUND")
        organisation = world.staff(stranger).organisation_id
        assert await w3.delivered("department", organisation) == []


async def test_a_callback_of_another_department_finds_no_case(w3: Journey) -> None:
    answer = await w3.stage.client.post(
        "/simulators/department/_control/answer",
        json={
            "organisation_id": str(world.department(LEAD, NEXT_COUNTY)),
            "payload": {
                "type": "case.result",
                "case_number": w3.told.case_number,
                "result_code": "SOLVED",
                "text": "与本单位无关。",
            },
        },
    )
    assert answer.json()["status"] == 404


async def test_w3_nobody_is_told_twice(w3: Journey) -> None:
    await assert_told_once(w3)


def test_w3_leaves_the_machinery_at_rest(w3: Journey) -> None:
    assert_at_rest(w3.rest)


def without_warnings(received: list[dict[str, Any]]) -> Counter[str]:
    """How often each type was received; warnings of clocks (N14) come between."""
    types = [str(each["payload"]["type"]) for each in received]
    return Counter(each for each in types if each != "routing.clock_warned")
