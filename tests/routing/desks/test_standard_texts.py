"""Standard texts: whose they are, their versions, and gaps for facts only."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from services.routing.desks.domain.texts import (
    VARIABLES,
    UnknownVariable,
    UnpairedBrace,
    filled,
    refuse_unknown,
)
from shared.identity import Actor
from tests.routing.drama import NOISE, Drama, staff

STREET = staff("zhongzhi.wenquan")
COUNTY = staff("zhongzhi.xianan")
OTHER = staff("zhongzhi.fushan")
WORKER = staff("wangge.wenquan2")
LEADER = staff("wanggezhang.wenquan")
COMPANY = staff("wuye.wenquan")
BODY = "您好，您反映的{小区}{类别}问题（{案件编号}）已由{办理单位}受理，当前状态：{状态}。"
TEXT: dict[str, Any] = {"title": "受理告知", "purpose": "PROGRESS", "body": BODY}


async def _write(drama: Drama, actor: Actor, **facts: Any) -> httpx.Response:
    return await drama.send(actor, "/standard-texts", TEXT | facts)


async def _titles(drama: Drama, actor: Actor, **query: Any) -> list[str]:
    page = await drama.see(actor, "/standard-texts", **query)
    return [text["title"] for text in page["items"]]


async def test_a_text_is_offered_where_it_applies(drama: Drama) -> None:
    """Of one's organisation, and of the divisions one works in."""
    for actor, facts in (
        (STREET, {"title": "本街道中心"}),
        (STREET, {"title": "全街道", "division": "421202001"}),
        (COUNTY, {"title": "全区", "division": "421202", "purpose": "REPLY"}),
    ):
        assert (await _write(drama, actor, **facts)).status_code == 201
    assert set(await _titles(drama, STREET)) == {"本街道中心", "全街道", "全区"}
    assert set(await _titles(drama, WORKER)) == {"全街道", "全区"}
    assert await _titles(drama, OTHER) == ["全区"]
    assert await _titles(drama, COMPANY) == []
    assert await _titles(drama, STREET, purpose="REPLY") == ["全区"]


@pytest.mark.parametrize(
    ("actor", "division"),
    [
        (WORKER, None),
        (WORKER, "421202001"),
        (LEADER, "421202001"),
        (COMPANY, "421202001"),
        (STREET, "421202"),
        (STREET, "421202002"),
    ],
    ids=["worker", "worker-street", "leader-street", "company-street", "upwards", "sideways"],
)
async def test_nobody_writes_for_others(drama: Drama, actor: Actor, division: str | None) -> None:
    answer = await _write(drama, actor, division=division)
    assert (answer.status_code, answer.json()["code"]) == (403, "NOT_YOUR_TEXT")


async def test_every_version_is_kept(drama: Drama) -> None:
    text = (await _write(drama, COUNTY, division="421202")).json()
    body = {"title": "受理告知", "body": "{案件编号}已受理。"}
    path = f"/standard-texts/{text['id']}"
    async with drama.client(STREET) as client:
        refused = await client.put(path, json=body)
    assert (refused.status_code, refused.json()["code"]) == (403, "NOT_YOUR_TEXT")
    async with drama.client(COUNTY) as client:
        assert (await client.put(path, json=body)).json()["version"] == 2
        rows = await drama.rows("SELECT body FROM standard_text_version ORDER BY version")
        assert [row["body"] for row in rows] == [BODY, "{案件编号}已受理。"]
        assert (await client.delete(path)).status_code == 204
        assert (await client.put(path, json=body)).status_code == 404
    assert await _titles(drama, COUNTY) == []


async def test_a_text_is_rendered_with_a_case_that_one_sees(drama: Drama) -> None:
    case_id = await drama.submit(NOISE)
    number = (await drama.row(case_id))["number"]
    text = (await _write(drama, STREET, division="421202001")).json()
    path = f"/standard-texts/{text['id']}/rendering"
    shown = await drama.see(WORKER, path, case_id=str(case_id))
    assert number in shown["text"]
    assert "温泉花园（演示）" in shown["text"]
    assert "已派单待签收" in shown["text"]
    assert "{" not in shown["text"]
    assert (await drama.read(OTHER, path, case_id=str(case_id))).status_code == 404
    far = await drama.read(COMPANY, path, case_id=str(case_id))
    assert (far.status_code, far.json()["code"]) == (404, "TEXT_NOT_FOUND")


@pytest.mark.parametrize("name", ["业主姓名", "联系电话", "房号", "案件 编号", ""])
async def test_no_variable_is_personal_or_misspelt(drama: Drama, name: str) -> None:
    """X16: there is no variable for a name, a number or a room; the problem names what is wrong."""
    answer = await _write(drama, STREET, body=f"尊敬的{{{name}}}您好")
    assert (answer.status_code, answer.json()["code"]) == (422, "UNKNOWN_VARIABLE")
    assert answer.json()["variables"] == [name]


def test_gaps_are_checked_and_filled() -> None:
    refuse_unknown("".join(f"{{{name}}}" for name in VARIABLES))
    for body in ("{案件编号", "案件编号}", "{{案件编号}}"):
        with pytest.raises((UnknownVariable, UnpairedBrace)):
            refuse_unknown(body)
    assert filled("{等级}，{小区}", {"小区": "甲"}) == "（暂无），甲"
