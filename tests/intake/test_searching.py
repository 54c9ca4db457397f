"""The own list: searched in Chinese, narrowed and counted (T01, T02, T31)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from shared.contracts import routing
from shared.contracts.vocabulary import CaseStatus
from tests.intake.people import ANNA, BORIS, GARDEN, IN_TWO_COUNTIES, RIVER_VIEW, once, owner
from tests.intake.test_following import case_of, filed
from tests.intake.test_supplying import request
from tests.stage import Stage

LIFT = {"title": "电梯停运", "text": "三号楼电梯停运两天，老人无法下楼", "category": "EQ02"}
LIGHT = {"title": "楼道灯", "text": "楼道照明坏了100%看不见路_很危险", "category": "SV03"}


async def listed(stage: Stage, person: Any = ANNA, **query: Any) -> list[str]:
    async with stage.client(owner(person)) as client:
        answer = await client.get("/complaints", params=query)
    assert answer.status_code == 200, answer.text
    return [item["title"] for item in answer.json()["items"]]


FOUND = {
    "电梯": ["电梯停运"],
    "照明": ["楼道灯"],
    "老人 电梯": ["电梯停运"],
    "老人 照明": [],
    "00%看": ["楼道灯"],
    "%": ["楼道灯"],
    "_很": ["楼道灯"],
    "楼道_": [],
    "三号楼\\": [],
    "SQ421202-20260302-00001": ["电梯停运"],
    "": ["楼道灯", "电梯停运"],
}


async def test_two_characters_are_enough(stage: Stage) -> None:
    """Every word must stand somewhere; signs with a meaning elsewhere are signs like others."""
    await filed(stage, **LIFT)
    await filed(stage, **LIGHT)
    async with stage.client(owner(ANNA)) as anna:
        for words, found in FOUND.items():
            items = (await anna.get("/complaints", params={"query": words})).json()["items"]
            assert [item["title"] for item in items] == found, words
    assert await listed(stage, BORIS, query="电梯") == []


async def test_narrowed_by_what_it_is_and_how_it_stands(stage: Stage) -> None:
    lift, light = await filed(stage, **LIFT), await filed(stage, **LIGHT)
    handled = case_of(light, state=CaseStatus.HANDLING, category="EQ02", category_name="电梯")
    await stage.hear(routing.CaseDispatched(case=handled), request(stage, lift))
    assert await listed(stage, state="NEED_INFO") == ["电梯停运"]
    assert await listed(stage, state=["NEED_INFO", "ACCEPTED"]) == ["楼道灯", "电梯停运"]
    assert await listed(stage, case_state="HANDLING") == ["楼道灯"]
    assert await listed(stage, category="EQ02") == ["楼道灯", "电梯停运"]
    assert await listed(stage, category="SV03") == [], "as it was judged, not as it was chosen"
    assert await listed(stage, estate=str(GARDEN.id), channel="MINI_PROGRAM", open=True) == [
        "楼道灯",
        "电梯停运",
    ]
    assert await listed(stage, estate=str(RIVER_VIEW.id)) == []
    assert await listed(stage, since="2026-03-02T09:00:01+08:00") == []
    assert await listed(stage, until="2026-03-02T09:00:01+08:00", channel="HOTLINE") == []


async def test_what_waits_for_me(stage: Stage) -> None:
    """T02, T31: to supply, or to answer a feedback that is not answered yet; counted beside."""
    asked, answered, told, _ = [await filed(stage, title=title) for title in "甲乙丙丁"]
    await stage.hear(request(stage, asked))
    for complaint_id, number in ((answered, 1), (told, 2)):
        case = _with_feedback(stage, complaint_id, UUID(int=number))
        await stage.hear(routing.CaseProgressed(case=case, note=None))
    async with stage.client(owner(ANNA)) as anna:
        path = f"/complaints/{answered}/confirmation"
        await anna.post(path, json={"solved": "YES", "level": 5}, headers=once())
        counts = (await anna.get("/complaints/counts")).json()
    assert await listed(stage, needs_me=True) == ["丙", "甲"]
    assert await listed(stage, needs_me=False) == ["丁", "乙"]
    assert await listed(stage, open=True) == ["丁", "甲"]
    assert (counts["total"], counts["open"], counts["needs_me"]) == (4, 2, 2)
    states = {each["state"]: each["count"] for each in counts["states"]}
    assert states == {"ACCEPTED": 2, "NEED_INFO": 1, "SUBMITTED": 1}
    async with stage.client(owner(BORIS)) as boris:
        assert (await boris.get("/complaints/counts")).json()["total"] == 0


async def test_pages_of_a_search(stage: Stage) -> None:
    for number in range(3):
        await filed(stage, title=f"电梯{number}")
    async with stage.client(owner(ANNA)) as anna:
        first = (await anna.get("/complaints", params={"query": "电梯", "limit": 2})).json()
        query = {"query": "电梯", "limit": 2, "cursor": first["next"]}
        second = (await anna.get("/complaints", params=query)).json()
    titles = [item["title"] for page in (first, second) for item in page["items"]]
    assert (titles, second["next"]) == (["电梯2", "电梯1", "电梯0"], None)
    assert await listed(stage, IN_TWO_COUNTIES) == []


def _with_feedback(stage: Stage, complaint_id: UUID, case_id: UUID) -> routing.CaseState:
    return case_of(
        complaint_id,
        id=case_id,
        number=f"XN-{case_id.int}",
        version=7,
        state=CaseStatus.FEEDBACK,
        feedback_at=stage.clock.now(),
    )
