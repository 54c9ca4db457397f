"""T30: who handles a case may propose another grade; those who may set it read and decide."""

from __future__ import annotations

from shared.contracts import routing as said
from tests.routing.drama import ILLEGAL, NOISE, Drama, at, staff

WORKER = staff("wangge.wenquan2")
LEADER = staff("wanggezhang.wenquan")
STREET = staff("zhongzhi.wenquan")
COUNTY = staff("zhongzhi.xianan")
COMPANY = staff("wuye.wenquan")
URBAN = staff("chengguan.xianan")
HOUSING = staff("zhuxin.xianan")
HIGHER = {"grade": "MEDIUM", "reason": "三次上门劝导无效"}


async def test_a_grid_worker_proposes_and_the_leader_decides(drama: Drama) -> None:
    """3.9: propose is not set: nothing moves until the leader has judged."""
    drama.move_to("2026-03-02 10:00")
    case_id = await drama.submit(NOISE)
    await drama.act(WORKER, case_id, "signature")
    assert (await drama.refused(WORKER, case_id, "grading", HIGHER))[0] == 403
    done = await drama.act(WORKER, case_id, "grading-proposals", HIGHER)
    assert done["grade"] == "SMALL"
    assert (await drama.clock(case_id, "SMALL_RESOLVE"))["state"] == "RUNNING"
    (proposal,) = (await drama.see(LEADER, f"/cases/{case_id}/grading-proposals"))["items"]
    assert (proposal["grade"], proposal["actor_end"], proposal["reason"]) == (
        "MEDIUM",
        "COMMUNITY",
        HIGHER["reason"],
    )
    assert await drama.stage.said(said.CaseRegraded) == []
    await drama.act(LEADER, case_id, "grading", HIGHER)
    assert (await drama.clock(case_id, "MEDIUM_RESOLVE"))["due_at"] == at("2026-03-10 00:00")
    (stored,) = await drama.rows("SELECT reason FROM grading_proposal")
    assert "劝导" not in stored["reason"]


async def test_departments_propose_too(drama: Drama) -> None:
    """3.9: lead and member departments; only the county centre may lower a major matter."""
    case_id = await drama.submit(ILLEGAL)
    await drama.act(COUNTY, case_id, "dispatch", {})
    await drama.act(STREET, case_id, "signature")
    team = {"lead": str(URBAN.organisation_id), "members": [str(HOUSING.organisation_id)]}
    await drama.act(COUNTY, case_id, "joint", team)
    lower = {"grade": "MEDIUM", "reason": "经核实仅涉一户"}
    for department in (URBAN, HOUSING):
        await drama.act(department, case_id, "grading-proposals", lower)
    proposals = (await drama.see(COUNTY, f"/cases/{case_id}/grading-proposals"))["items"]
    assert [each["actor_end"] for each in proposals] == ["DEPARTMENT", "DEPARTMENT"]


async def test_who_may_not(drama: Drama) -> None:
    """3.9: not the company, not who does not work on it; what is so already is no proposal."""
    case_id = await drama.submit(NOISE)
    for person in (COMPANY, staff("wangge.wenquan1"), LEADER):
        status, _ = await drama.refused(person, case_id, "grading-proposals", HIGHER)
        assert status in {403, 404}
    assert (await drama.read(WORKER, f"/cases/{case_id}/grading-proposals")).status_code == 403
    assert (await drama.read(COMPANY, f"/cases/{case_id}/grading-proposals")).status_code == 403
    same = {"grade": "SMALL", "reason": "仍为小事"}
    assert await drama.refused(WORKER, case_id, "grading-proposals", same) == (
        422,
        "NOTHING_TO_REGRADE",
    )
    unknown = HIGHER | {"category": "ZZ99"}
    assert await drama.refused(WORKER, case_id, "grading-proposals", unknown) == (
        422,
        "UNKNOWN_CATEGORY",
    )
