"""X16: who asked not to be named is not named to the company or to the handler."""

from __future__ import annotations

import json

import pytest

from deploy.demo import world
from deploy.demo.stories import Stage, Told
from tests.journeys.journey import Journey

REPORTER, ESTATE = "owner-8", "温泉花园（演示）"
SITE_OFFICE, WORKER, LEADER = "wuye.wenquan", "wangge.wenquan2", "wanggezhang.wenquan"
HIDDEN = "业主（已保密）"


@pytest.fixture(scope="session")
async def told(stage: Stage, w2: Journey) -> Told:
    """The last matter of the year in this city."""
    receipt = await stage.file(
        REPORTER,
        ESTATE,
        title="楼上拖椅子",
        text=f"楼上晚上拖动椅子，声音比较大，请联系{world.owner(REPORTER).mobile}。",
        category="NS01",
        confidential=True,
    )
    return await stage.told(REPORTER, receipt["id"])


async def test_x16_review_sees_the_reporter(stage: Stage, told: Told) -> None:
    case = await stage.staff(LEADER).get(f"/routing/cases/{told.case_id}")
    assert case["complaints"][0]["owner_id"] == str(world.owner(REPORTER).id)


@pytest.mark.parametrize("account", [SITE_OFFICE, WORKER])
async def test_x16_company_and_handler_do_not(stage: Stage, told: Told, account: str) -> None:
    reader, person = stage.staff(account), world.owner(REPORTER)
    case = await reader.get(f"/routing/cases/{told.case_id}")
    (complaint,) = case["complaints"]
    assert case["confidential"]
    assert complaint["reporter"] == HIDDEN
    assert (complaint["owner_id"], complaint["house_id"], complaint["place"]) == (None, None, None)
    seen = json.dumps([case, await reader.get("/notify/inbox")], ensure_ascii=False)
    assert told.case_id in seen
    for secret in (str(person.id), person.name, person.mobile, str(person.homes[0].house.id)):
        assert secret not in seen
