"""W3: a major matter, departments acting jointly over a holiday."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import text

from deploy.demo import world
from shared.contracts import routing as said
from tests.routing.drama import FIRE, GARDEN, ILLEGAL, LIFT, Drama, Words, at, staff

STREET = staff("zhongzhi.wenquan")
COUNTY = staff("zhongzhi.xianan")
LEAD = staff("chengguan.xianan")
MEMBERS = [staff(f"{name}.xianan") for name in ("zhuxin", "zigui", "xiaofang")]
RESULT = {"result_code": "SOLVED", "text": "已现场查处", "proofs": ["执法记录"]}


async def test_w3_from_report_to_feedback(drama: Drama) -> None:
    """W3, B07, A09, CK-07 in its four parts, CK-05, T21-T23, T25."""
    case_id = await _opened(drama)
    assert (await drama.row(case_id))["state"] == "JOINT"
    assert (await drama.clock(case_id, "MAJOR_PLAN"))["due_at"] == at("2026-05-09 00:00")
    assert (await drama.clock(case_id, "MAJOR_INTERIM"))["due_at"] == at("2026-05-08 00:00")
    drama.move_to("2026-05-01 10:00")
    await drama.act(LEAD, case_id, "joint/convening")
    convened = await drama.clock(case_id, "MAJOR_CONVENE")
    assert (convened["state"], convened["due_at"]) == ("MET", at("2026-05-01 15:20"))
    drama.move_to("2026-05-07 09:00")
    await drama.act(LEAD, case_id, "joint/plan", {"plan": "五月二十日前拆除"})
    assert (await drama.clock(case_id, "MAJOR_PLAN"))["state"] == "MET"
    interim = {"reply": "四部门已联合立案。", "reason": "正在联合处置"}
    await drama.act(COUNTY, case_id, "interim-feedback", interim)
    assert (await drama.clock(case_id, "MAJOR_INTERIM"))["state"] == "MET"
    drama.move_to("2026-05-20 17:00")
    for actor in (LEAD, *MEMBERS):
        await drama.act(actor, case_id, "joint/results", RESULT)
    await drama.act(LEAD, case_id, "joint/completion", RESULT)
    assert (await drama.clock(case_id, "MAJOR_RESULT"))["state"] == "MET"
    drama.move_to("2026-05-21 10:00")
    review = {"decision": "APPROVE", "reply": "违法建设已拆除。"}
    assert (await drama.refused(STREET, case_id, "review", review)) == (403, "NOT_YOUR_TASK")
    await drama.act(COUNTY, case_id, "review", review)
    row = await drama.row(case_id)
    assert (row["state"], row["overdue"]) == ("FEEDBACK", False)


async def test_all_file_or_are_released_after_the_plan(drama: Drama) -> None:
    """A09, X19: three members, two filed, one released by the lead, then T23 is possible."""
    case_id = await _opened(drama)
    await drama.act(LEAD, case_id, "joint/convening")
    for actor in (LEAD, *MEMBERS[:2]):
        await drama.act(actor, case_id, "joint/results", RESULT)
    silent = {"organisation_id": str(MEMBERS[2].organisation_id), "reason": "逾期未反馈"}
    assert await drama.refused(LEAD, case_id, "joint/completion", RESULT) == (
        409,
        "RESULTS_MISSING",
    )
    assert await drama.refused(LEAD, case_id, "joint/releases", silent) == (409, "NO_PLAN_YET")
    await drama.act(LEAD, case_id, "joint/plan", {"plan": "联合处置方案"})
    assert (await drama.refused(MEMBERS[0], case_id, "joint/releases", silent))[0] == 403
    await drama.act(LEAD, case_id, "joint/releases", silent)
    assert await drama.refused(MEMBERS[2], case_id, "joint/results", RESULT) == (
        409,
        "ALREADY_FILED",
    )
    done = await drama.act(LEAD, case_id, "joint/completion", RESULT)
    assert done["state"] == "RESULT_REVIEW"
    released = [each for each in await drama.stage.said(said.JointMemberResult) if each.released]
    assert [each.organisation_id for each in released] == [MEMBERS[2].organisation_id]


async def test_a_department_sees_only_what_it_is_assigned(drama: Drama) -> None:
    """A06: assigned to 城管, 住新, 资规, 消防; 市监 finds nothing (404, not visible)."""
    case_id = await _opened(drama)
    assert (await drama.read(MEMBERS[2], f"/cases/{case_id}")).status_code == 200
    assert (await drama.read(staff("shijian.xianan"), f"/cases/{case_id}")).status_code == 404
    assert (await drama.read(staff("chengguan.chibi"), f"/cases/{case_id}")).status_code == 404


async def test_each_step_has_its_own_people(drama: Drama) -> None:
    """T21-T23, CK-07: no company, no outsider, no member in place of the lead, no hasty plan."""
    case_id = await _opened(drama)
    company, outsider = staff("wuye.wenquan"), staff("shijian.xianan")
    assert (await drama.refused(company, case_id, "joint/results", RESULT))[0] == 403
    assert (await drama.refused(outsider, case_id, "joint/results", RESULT))[0] == 404
    assert (await drama.refused(MEMBERS[0], case_id, "joint/convening"))[0] == 403
    plan = {"plan": "方案"}
    assert await drama.refused(LEAD, case_id, "joint/plan", plan) == (409, "NOT_CONVENED")
    await drama.act(STREET, case_id, "joint/convening")
    await drama.act(LEAD, case_id, "joint/plan", plan)
    for actor in (LEAD, *MEMBERS):
        await drama.act(actor, case_id, "joint/results", RESULT)
    for actor in (MEMBERS[0], STREET):
        assert (await drama.refused(actor, case_id, "joint/completion", RESULT))[0] == 403
    await drama.act(LEAD, case_id, "joint/completion", RESULT)
    seen = await drama.see(MEMBERS[0], f"/cases/{case_id}/joint")
    assert (seen["stage"], seen["plan"], len(seen["members"])) == ("CONSOLIDATED", "方案", 4)


async def test_the_plan_is_for_who_acts_and_who_coordinates(drama: Drama) -> None:
    """3.9, A09, A20: members, street, county, city observers; not company, not grid."""
    case_id = await _opened(drama)
    path = f"/cases/{case_id}/joint"
    for reader in (LEAD, MEMBERS[0], STREET, COUNTY, staff("shegong.shi")):
        assert (await drama.read(reader, path)).status_code == 200
    for account in ("wuye.wenquan", "wanggezhang.wenquan"):
        answer = await drama.read(staff(account), path)
        assert (answer.status_code, answer.json()["code"]) == (403, "NOT_YOUR_TASK")


async def test_a_department_that_was_relieved_sees_no_more(drama: Drama) -> None:
    """A06: an ended assignment gives no sight of what follows; the others keep theirs."""
    case_id = await _opened(drama)
    async with drama.stage.host.runtime.database.transaction() as session:
        values = {"id": MEMBERS[2].organisation_id, "at": drama.now}
        await session.execute(
            text("UPDATE assignment SET ended_at = :at WHERE organisation_id = :id"), values
        )
    assert (await drama.read(MEMBERS[2], f"/cases/{case_id}")).status_code == 404
    assert (await drama.read(MEMBERS[1], f"/cases/{case_id}")).status_code == 200


async def test_one_version_tells_one_state(drama: Drama) -> None:
    """X37, T23: both events of the completion carry the result; no version is higher."""
    case_id = await _opened(drama)
    for actor in (LEAD, *MEMBERS):
        await drama.act(actor, case_id, "joint/results", RESULT)
    await drama.act(LEAD, case_id, "joint/completion", RESULT)
    completed = (await drama.stage.said(said.JointCompleted))[0].case
    handed_in = (await drama.stage.said(said.CaseResultSubmitted))[0].case
    assert completed == handed_in
    assert (completed.version, completed.result_code) == (
        (await drama.row(case_id))["version"],
        "SOLVED",
    )


async def test_joint_handling_is_for_departments_and_major_matters(drama: Drama) -> None:
    """T21: a company is no member; a small matter is raised first."""
    small = await drama.submit()
    await drama.act(staff("wangge.wenquan2"), small, "signature")
    assert await drama.refused(STREET, small, "joint", {}) == (409, "ONLY_MAJOR_IS_JOINT")
    major = await _signed(drama, ILLEGAL)
    company = str(world.staff("wuye.wenquan").organisation_id)
    team = {"lead": str(LEAD.organisation_id), "members": [company]}
    assert await drama.refused(STREET, major, "joint", team) == (422, "NOT_A_DEPARTMENT")
    assert (await drama.refused(LEAD, major, "joint", {}))[0] == 404


async def test_the_category_table_proposes_the_team(drama: Drama) -> None:
    """B07 城管 leads; B08 消防 leads 公安, 住建, 城管; B12 市监 leads for lifts."""
    expected = {
        ILLEGAL: ("URBAN_MANAGEMENT", {"NATURAL_RESOURCES", "HOUSING"}),
        FIRE: ("FIRE_RESCUE", {"PUBLIC_SECURITY", "HOUSING", "URBAN_MANAGEMENT"}),
        LIFT: (
            "MARKET_REGULATION",
            {"HOUSING", "PUBLIC_SECURITY", "URBAN_MANAGEMENT", "FIRE_RESCUE"},
        ),
    }
    for words, (lead, members) in expected.items():
        case_id = await drama.submit(words, place=GARDEN)
        proposal = (await drama.see(STREET, f"/cases/{case_id}"))["joint_proposal"]
        assert UUID(proposal["lead"]) == world.department(lead, "421202")
        named = {str(world.department(member, "421202")) for member in members}
        assert set(proposal["members"]) == named
    opened = await _signed(drama, FIRE)
    await drama.act(STREET, opened, "joint", {})
    assert (await drama.row(opened))["state"] == "JOINT"


async def test_a_department_answers_by_signed_callback(drama: Drama) -> None:
    """T22 through /callbacks/department, as the same command; a repetition is answered alike."""
    case_id = await _opened(drama)
    number = (await drama.row(case_id))["number"]
    message = {
        "type": "case.result",
        "case_number": number,
        "result_code": "SOLVED",
        "text": "已整改",
        "proof": ["文书1号"],
    }
    organisation = MEMBERS[0].organisation_id
    assert organisation is not None
    first = await drama.call_back("department", organisation, message, id="result-1")
    again = await drama.call_back("department", organisation, message, id="result-1")
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.content == again.content
    other = await drama.call_back("department", organisation, message, id="result-2")
    assert (other.status_code, other.json()["code"]) == (409, "ALREADY_FILED")
    assert await drama.stage.count("joint_member", "filed_at IS NOT NULL") == 1


async def _signed(drama: Drama, words: Words) -> UUID:
    case_id = await drama.submit(words, place=GARDEN)
    assert (await drama.row(case_id))["state"] == "TO_DISPATCH", "a person confirms major matters"
    await drama.act(STREET, case_id, "dispatch", {})
    await drama.act(STREET, case_id, "signature")
    return case_id


async def _opened(drama: Drama) -> UUID:
    drama.move_to("2026-04-30 15:00")
    case_id = await drama.submit(ILLEGAL, place=GARDEN)
    drama.move_to("2026-04-30 15:20")
    await drama.act(STREET, case_id, "dispatch", {})
    await drama.act(STREET, case_id, "signature")
    team = {
        "lead": str(LEAD.organisation_id),
        "members": [str(member.organisation_id) for member in MEMBERS],
    }
    await drama.act(STREET, case_id, "joint", team)
    return case_id
