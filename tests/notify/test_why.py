"""Why somebody was told, or was not: for those who look after the place (N01, X15, X16)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from services.notify.messages.domain.catalogue import Template
from shared.contracts.intake import ErasedOwner, OwnerErased
from shared.identity import Actor, End, Role
from tests.notify.choosing import choose
from tests.notify.news import (
    MOBILE,
    accepted,
    dispatched,
    feedback,
    guided,
    owner_known,
    submitted,
    worker_known,
)
from tests.notify.sends import GRID_STAFF, pump, subscribe
from tests.notify.test_forgetting import FOR_SURVEY
from tests.notify.town import Town
from tests.samples import CASE, COMMUNITY, COMPANY, FIRE, MANAGER, OWNER, WORKER, owner, staff
from tests.stage import START, Stage

ELSEWHERE = staff(WORKER, End.GRID, Role.GRID_WORKER, COMMUNITY, ("421221103",))
COMPANY_STAFF = staff(MANAGER, End.PROPERTY, Role.SITE_OFFICE, COMPANY)
OFFICER = staff(WORKER, End.DEPARTMENT, Role.DEPARTMENT_OFFICER, FIRE, ("421202",))


async def told(stage: Stage, **query: Any) -> dict[str, Any]:
    async with stage.client(GRID_STAFF) as client:
        answer = await client.get("/messages", params={"case_id": str(CASE)} | query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def why_not(stage: Stage) -> list[tuple[str, str]]:
    return [(each["notification"], each["reason"]) for each in (await told(stage))["not_told"]]


async def test_an_anonymous_reporter_is_left_out_and_nothing_leads_to_them(
    stage: Stage, town: Town
) -> None:
    """X15: that somebody was thought of is kept, whom is not; told twice, kept once."""
    anonymous = {"anonymous": True}
    await stage.hear(owner_known(), submitted(**anonymous))
    await stage.hear(accepted(**anonymous), feedback(anonymous=True))
    await pump(stage)
    found = await told(stage)
    assert found["items"] == []
    assert await why_not(stage) == [
        ("N11", "ANONYMOUS"),
        ("N01", "ANONYMOUS"),
        ("N01", "ANONYMOUS"),
    ]
    assert found["not_told"][0]["explanation"] == "匿名诉求，不通知诉求人"
    assert str(OWNER) not in str(found)
    assert await stage.count("not_told", f"about_id = '{OWNER}'") == 0


async def test_whoever_has_left_is_not_written_to(stage: Stage, town: Town) -> None:
    gone = ErasedOwner(id=OWNER, version=9, erased_at=START)
    await stage.hear(owner_known(), submitted(), OwnerErased(owner=gone, names=FOR_SURVEY))
    await stage.hear(feedback())
    await pump(stage)
    assert await why_not(stage) == [("N11", "ERASED")]
    assert town.provider.sent == []


async def test_a_reporter_without_an_account_and_an_estate_without_a_company(
    stage: Stage,
) -> None:
    """X29: N05 and N10 tell no company where there is none."""
    await stage.hear(submitted(owner_id=None), dispatched(owner_ids=(), company_id=None))
    assert sorted(await why_not(stage)) == [
        ("N01", "NO_ACCOUNT"),
        ("N05", "NO_COMPANY"),
        ("N06", "NO_ACCOUNT"),
    ]


async def test_a_quarrel_of_neighbours_is_none_of_the_companys_business(stage: Stage) -> None:
    await stage.hear(guided(respondent="OTHER"))
    assert await why_not(stage) == [("N10", "AMONG_NEIGHBOURS")]


async def test_each_message_says_why_in_chinese(stage: Stage, town: Town) -> None:
    """No acceptance, the choice of the recipient, the night, and what went through."""
    await choose(stage, text_messages={"FEEDBACK": False})
    await stage.hear(owner_known(), worker_known(), feedback())
    await pump(stage)
    (record,) = (await told(stage))["items"]
    assert record["explanation"] == (
        "各渠道均未送达，仅可在站内消息查看；"
        "微信订阅消息未确认送达：没有剩余的微信订阅授权；短信未使用：接收人选择不接收。"
    )
    assert record["left_out"] == [
        {
            "channel": "SMS",
            "reason": "REFUSED_BY_PREFERENCE",
            "explanation": "接收人选择不接收",
        }
    ]
    stage.clock.move_to(START.replace(hour=23))
    await subscribe(stage, town, Template.PROGRESS)
    await stage.hear(dispatched())
    (held,) = [each for each in (await told(stage))["items"] if each["notification"] == "N06"]
    assert (held["held"], held["held_until"]) == ("QUIET_HOURS", "2026-03-03T07:00:00+08:00")
    assert held["explanation"] == "等待发送：处于全市免打扰时段，2026年3月3日 07:00后发送。"
    stage.clock.move_to(START.replace(day=3, hour=7))
    await pump(stage)
    (sent,) = [each for each in (await told(stage))["items"] if each["notification"] == "N06"]
    assert sent["explanation"] == "已通过微信订阅消息告知。"


async def message_id(stage: Stage) -> str:
    await stage.hear(owner_known(), feedback())
    await pump(stage)
    (record,) = (await told(stage))["items"]
    found: str = record["id"]
    return found


async def test_one_message_is_told_as_the_list_tells_it(stage: Stage, town: Town) -> None:
    path = f"/messages/{await message_id(stage)}"
    async with stage.client(GRID_STAFF) as client:
        answer = await client.get(path)
        strange = await client.get(f"/messages/{uuid4()}")
    assert answer.json() == (await told(stage))["items"][0]
    assert answer.json()["attempts"][-1]["channel"] == "SMS"
    assert MOBILE not in answer.text
    assert (strange.status_code, strange.json()["code"]) == (404, "MESSAGE_NOT_FOUND")


@pytest.mark.parametrize(
    ("actor", "status", "code"),
    [
        (owner(), 403, "MESSAGES_FOR_STAFF_ONLY"),
        (COMPANY_STAFF, 404, "MESSAGE_NOT_FOUND"),
        (OFFICER, 404, "MESSAGE_NOT_FOUND"),
        (ELSEWHERE, 404, "MESSAGE_NOT_FOUND"),
    ],
)
async def test_nobody_else_may_look(
    stage: Stage, town: Town, actor: Actor, status: int, code: str
) -> None:
    """A07: allowed to the grid of the place, as above, and to these not."""
    path = f"/messages/{await message_id(stage)}"
    async with stage.client(actor) as client:
        answer = await client.get(path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_message_from_before_there_was_a_case_is_found_by_its_complaint(
    stage: Stage, town: Town
) -> None:
    await stage.hear(owner_known(), submitted())
    async with stage.client(GRID_STAFF) as client:
        await stage.hear(dispatched())
        items = (await told(stage))["items"]
        (first,) = [each for each in items if each["event_type"] == "intake.complaint_submitted"]
        assert (await client.get(f"/messages/{first['id']}")).status_code == 200


async def test_in_a_confidential_case_the_owner_is_not_named(stage: Stage, town: Town) -> None:
    """X16: the grid sees that an owner was told, not which."""
    await stage.hear(owner_known(), feedback(confidential=True))
    (record,) = (await told(stage))["items"]
    async with stage.client(GRID_STAFF) as client:
        answer = await client.get(f"/messages/{record['id']}")
    assert answer.json()["recipient_id"] is None


async def test_pages_share_out_who_was_not_told(stage: Stage) -> None:
    """Each stands on one page, that of its time."""
    await stage.hear(worker_known())
    for number in range(3):
        await stage.hear(dispatched(version=3 + number, owner_ids=(), company_id=None))
    seen, pages, cursor = 0, 0, None
    while pages == 0 or cursor:
        page = await told(stage, limit=1, **({"cursor": cursor} if cursor else {}))
        seen += len(page["not_told"])
        pages, cursor = pages + 1, page["next"]
    assert pages == 3
    assert seen == await stage.count("not_told") == 6
