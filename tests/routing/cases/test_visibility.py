"""Who sees which case, and how much of it (lifecycle 3.9; A01-A08, A13, X15, X16)."""

from __future__ import annotations

import json
from uuid import UUID

import pytest

from shared.identity import Actor
from tests.routing.drama import FEES, GARDEN, NOISE, Drama, Place, owner, staff

GUIYU = Place("桂语雅苑（演示）", "1")

SEERS = {
    "A02 own grid": ("wangge.wenquan2", 200),
    "A02 other grid": ("wangge.wenquan1", 404),
    "A03 own estate": ("wuye.wenquan", 200),
    "A03 other estate": ("wuye.jiayuan", 404),
    "A05 own community": ("wanggezhang.wenquan", 200),
    "A05 other community": ("wanggezhang.fushan", 404),
    "A01 own street": ("zhongzhi.wenquan", 200),
    "A01 other street": ("zhongzhi.fushan", 404),
    "A01 own county": ("zhongzhi.xianan", 200),
    "A01 other county": ("zhongzhi.chibi", 404),
    "A01 city": ("zhongzhi.shi", 200),
    "A20 city reads all": ("shegong.shi", 200),
    "A06 not assigned": ("chengguan.xianan", 404),
    "A07 court": ("fayuan.xianan", 404),
    "mediator of no mediation": ("tiaojie.xianan1", 404),
    "administrator": ("guanli.shi", 404),
}


@pytest.mark.parametrize(("account", "status"), SEERS.values(), ids=SEERS.keys())
async def test_scopes(drama: Drama, account: str, status: int) -> None:
    """The case of the path and the list agree."""
    case_id = await drama.submit(NOISE, place=GARDEN)
    assert (await drama.read(staff(account), f"/cases/{case_id}")).status_code == status
    listed = await _listed(drama, staff(account))
    assert (str(case_id) in listed) == (status == 200)


async def test_owners_have_no_door_to_cases(drama: Drama) -> None:
    """The reporter follows the complaint at intake; here is nothing to see."""
    case_id = await drama.submit(NOISE)
    assert await _listed(drama, owner()) == []
    for path in ("", "/timeline", "/clocks", "/joint"):
        assert (await drama.read(owner(), f"/cases/{case_id}{path}")).status_code == 404
    assert (await drama.read(owner(), f"/cases/{case_id}/mediation")).status_code == 404
    assert (await drama.refused(owner(), case_id, "progress", {"text": "进展"}))[0] == 404


async def test_lists_are_paged_and_narrowed(drama: Drama) -> None:
    """Newest first, each case once, filters and `mine`."""
    cases = [await drama.submit(NOISE) for _ in range(3)] + [await drama.submit(FEES)]
    street = staff("zhongzhi.wenquan")
    seen: list[UUID] = []
    cursor: dict[str, str] = {}
    for _ in range(3):
        page = await drama.see(street, "/cases", limit=2, **cursor)
        seen += [UUID(item["id"]) for item in page["items"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert seen == sorted(cases, reverse=True)
    assert len(await _listed(drama, street, grade="MEDIUM")) == 1
    assert len(await _listed(drama, street, mine=True)) == 1
    assert len(await _listed(drama, staff("wangge.wenquan2"), mine=True)) == 3
    assert await _listed(drama, street, overdue=True) == []
    assert (await drama.read(street, "/cases", cursor="bm9uc2Vuc2U=")).status_code == 422


@pytest.mark.parametrize(
    ("account", "shown"),
    [("wuye.wenquan", False), ("wangge.wenquan2", False), ("wanggezhang.wenquan", True)],
    ids=["company", "handler", "reviewer"],
)
async def test_a_confidential_reporter_is_hidden(drama: Drama, account: str, shown: bool) -> None:
    """X16: no name, phone or room for company and handler; the reviewer knows."""
    words = type(NOISE)(NOISE.title, "我是业主，电话13900000001，楼上噪音影响休息。", "NS01")
    case_id = await drama.submit(words, confidential=True)
    seen = await drama.see(staff(account), f"/cases/{case_id}")
    text = json.dumps(seen, ensure_ascii=False)
    assert ("13900000001" in text) == shown
    assert ("101室" in text) == shown
    assert (str(owner().id) in text) == shown
    assert (str(GARDEN.house_id) in text) == shown
    assert seen["complaints"][0]["reporter"] == ("业主" if shown else "业主（已保密）")


async def test_an_open_reporter_is_known_to_the_handler(drama: Drama) -> None:
    """The other side of X16: who is not confidential can be visited."""
    case_id = await drama.submit(NOISE)
    seen = await drama.see(staff("wangge.wenquan2"), f"/cases/{case_id}")
    assert seen["complaints"][0]["place"] == "4栋1单元101室"


async def test_who_has_a_stake_sees_only_what_the_company_sees(drama: Drama) -> None:
    """A13: site manager and grid worker in one person, X16 as the company."""
    case_id = await drama.submit(NOISE, place=GUIYU, confidential=True)
    both = staff("wuye.guiyu")
    seen = await drama.see(both, f"/cases/{case_id}")
    assert seen["complaints"][0]["reporter"] == "业主（已保密）"
    assert (await drama.refused(both, case_id, "signature"))[0] == 403
    outsider = Actor(
        id=both.id,
        end=both.end,
        roles=both.roles,
        organisation_id=both.organisation_id,
        session_id=both.session_id,
        scope=type(both.scope)(grids=both.scope.grids),
        interests=both.interests,
    )
    assert (await drama.read(outsider, f"/cases/{case_id}")).status_code == 404


async def test_notes_reach_those_they_are_meant_for(drama: Drama) -> None:
    """T14, A08: the handler's internal note is not for the company; its own and public ones are."""
    case_id = await drama.submit(NOISE)
    worker, company = staff("wangge.wenquan2"), staff("wuye.wenquan")
    await drama.act(worker, case_id, "signature")
    await drama.act(worker, case_id, "progress", {"text": "内部情况"})
    await drama.act(worker, case_id, "progress", {"text": "已上门", "public": True})
    await drama.act(company, case_id, "progress", {"text": "物业已提醒"})
    for actor, expected in (
        (worker, {"内部情况", "已上门", "物业已提醒"}),
        (company, {"已上门", "物业已提醒"}),
    ):
        entries = (await drama.see(actor, f"/cases/{case_id}/timeline"))["items"]
        assert {entry["note"] for entry in entries if entry["note"]} == expected
    assert [entry["row"] for entry in entries] == ["T06", "T09", "T10", "T11", "T14", "T14", "T14"]
    assert {entry["actor_end"] for entry in entries} == {"SYSTEM", "COMMUNITY", "PROPERTY"}


async def test_the_company_reads_no_reasons_and_no_results(drama: Drama) -> None:
    """3.9, A13: why a grade was set and what a result rests on stay with those who handle."""
    case_id = await drama.submit(NOISE)
    worker, company = staff("wangge.wenquan2"), staff("wuye.wenquan")
    await drama.act(worker, case_id, "signature")
    change = {"category": "PT01", "grade": "SMALL", "reason": "内部判断"}
    await drama.act(staff("wanggezhang.wenquan"), case_id, "grading", change)
    result = {"result_code": "SOLVED", "text": "内部结论", "proofs": ["照片1"]}
    await drama.act(worker, case_id, "result", result)
    for reader, shown in ((worker, True), (company, False)):
        seen = await drama.see(reader, f"/cases/{case_id}")
        proposal, regrade = seen["gradings"]
        assert bool(proposal["evidence"]) is shown
        assert (regrade["reason"] == "内部判断") is shown
        assert (seen["results"][0]["text"] == "内部结论") is shown
        assert (seen["results"][0]["proofs"] == ["照片1"]) is shown
        assert seen["results"][0]["code"] == "SOLVED"


async def test_the_audit_log_knows_who(drama: Drama) -> None:
    """A08: every write and every reading; who, which end, when."""
    case_id = await drama.submit(NOISE)
    await drama.act(staff("wangge.wenquan2"), case_id, "signature")
    await drama.see(staff("wuye.wenquan"), f"/cases/{case_id}")
    rows = await drama.rows(
        "SELECT action, actor_end FROM audit_entry WHERE subject_id = :id ORDER BY at, id",
        id=str(case_id),
    )
    assert [(row["action"], row["actor_end"]) for row in rows] == [
        ("case.created", "SYSTEM"),
        ("case.graded", "SYSTEM"),
        ("case.dispatched", "SYSTEM"),
        ("case.signed", "COMMUNITY"),
        ("case.read", "PROPERTY"),
    ]


async def _listed(drama: Drama, actor: Actor, **query: object) -> list[str]:
    page = await drama.see(actor, "/cases", **query)
    return [item["id"] for item in page["items"]]
