"""T11, T14, T24-T26, T30 over HTTP: allowed and denied side by side."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from shared.contracts import routing as said
from shared.contracts.vocabulary import Channel
from tests.routing.drama import FEES, NOISE, Drama, at, staff

WORKER = staff("wangge.wenquan2")
LEADER = staff("wanggezhang.wenquan")
STREET = staff("zhongzhi.wenquan")
OFFICE = staff("jiedao.wenquan")
COUNTY = staff("zhongzhi.xianan")
COMPANY = staff("wuye.wenquan")
RESULT = {"result_code": "SOLVED", "text": "已处理", "proofs": ["照片1"]}


async def test_only_the_assignee_signs(drama: Drama) -> None:
    """T11, CK-02: the person named, not the company, not the street; and once."""
    case_id = await drama.submit(NOISE)
    for actor in (COMPANY, LEADER, STREET):
        assert (await drama.refused(actor, case_id, "signature"))[0] == 403
    await drama.act(WORKER, case_id, "signature")
    assert (await drama.clock(case_id, "SIGN"))["state"] == "MET"
    assert await drama.refused(WORKER, case_id, "signature") == (409, "ACTION_NOT_POSSIBLE")


async def test_anybody_of_the_centre_signs_for_it(drama: Drama) -> None:
    """T11: where no person is named, the unit's people act."""
    case_id = await drama.submit(FEES)
    assert (await drama.refused(OFFICE, case_id, "signature"))[0] == 403
    await drama.act(STREET, case_id, "signature")
    assert (await drama.row(case_id))["state"] == "HANDLING"


async def test_the_same_request_again_is_answered_as_before(drama: Drama) -> None:
    """Idempotency-Key: a field app sends again when in doubt."""
    case_id = await drama.submit(NOISE)
    path, key = f"/cases/{case_id}/signature", str(uuid4())
    first = await drama.send(WORKER, path, key=key)
    again = await drama.send(WORKER, path, key=key)
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json()
    assert len(await drama.stage.said(said.CaseSigned)) == 1


async def test_the_public_note_travels_sealed_to_intake(drama: Drama) -> None:
    """T14: ciphertext for intake; a note that is not public carries nothing."""
    case_id = await drama.submit(NOISE)
    await drama.act(WORKER, case_id, "signature")
    await drama.act(WORKER, case_id, "progress", {"text": "内部"})
    await drama.act(WORKER, case_id, "progress", {"text": "已上门劝导", "public": True})
    secret, public = [each.note for each in await drama.stage.said(said.CaseProgressed)]
    assert secret is None
    assert public is not None
    assert public.audience == "intake"
    opened = drama.stage.host.runtime.sealer.open_(public, subject=f"{case_id}/note")
    assert opened == "已上门劝导"
    assert (await drama.refused(staff("shegong.shi"), case_id, "progress", {"text": "看"}))[
        0
    ] == 403


async def test_the_result_is_the_assignees(drama: Drama) -> None:
    """T24: not the company's, not before signing."""
    case_id = await drama.submit(NOISE)
    assert await drama.refused(WORKER, case_id, "result", RESULT) == (409, "ACTION_NOT_POSSIBLE")
    await drama.act(WORKER, case_id, "signature")
    assert (await drama.refused(COMPANY, case_id, "result", RESULT))[0] == 403
    done = await drama.act(WORKER, case_id, "result", RESULT)
    assert (done["state"], done["result_code"]) == ("RESULT_REVIEW", "SOLVED")


async def test_reviewer_and_submitter_are_two_people(drama: Drama) -> None:
    """Invariant 5, X20, 3.4: the street's own result is reviewed by somebody else of the street."""
    case_id = await drama.submit(FEES)
    await drama.act(STREET, case_id, "signature")
    await drama.act(STREET, case_id, "result", RESULT)
    review = {"decision": "APPROVE", "reply": "已答复"}
    assert (await drama.refused(STREET, case_id, "review", review))[0] == 403
    assert (await drama.refused(LEADER, case_id, "review", review))[0] == 403, "medium: street"
    missing = {"decision": "APPROVE"}
    assert await drama.refused(OFFICE, case_id, "review", missing) == (422, "REPLY_MISSING")
    await drama.act(OFFICE, case_id, "review", review)
    feedback = (await drama.stage.said(said.CaseFeedbackGiven))[0]
    opened = drama.stage.host.runtime.sealer.open_(feedback.reply, subject=f"{case_id}/reply")
    assert opened == "已答复"


async def test_a_rejected_result_goes_on_with_the_time_that_was_left(drama: Drama) -> None:
    """T26: handed in after 1 h, rejected after 3 h of review; 23 h are left."""
    case_id = await drama.submit(NOISE)
    await drama.act(WORKER, case_id, "signature")
    drama.stage.clock.advance(timedelta(hours=1))
    await drama.act(WORKER, case_id, "result", RESULT)
    drama.stage.clock.advance(timedelta(hours=3))
    reject = {"decision": "REJECT"}
    assert await drama.refused(LEADER, case_id, "review", reject) == (422, "REASON_MISSING")
    await drama.act(LEADER, case_id, "review", reject | {"reason": "缺少现场照片"})
    row = await drama.row(case_id)
    assert (row["state"], row["result_code"]) == ("HANDLING", None)
    clock = await drama.clock(case_id, "SMALL_RESOLVE")
    assert (clock["state"], clock["due_at"]) == ("RUNNING", drama.now + timedelta(hours=23))


async def test_a_dummy_result_does_not_stop_the_mediation_clock(drama: Drama) -> None:
    """B05, CK-03, T26: it runs through a rejected result; an approval stops it (T25)."""
    case_id, solved = await drama.submit(FEES), await drama.submit(FEES)
    for each in (case_id, solved):
        await drama.act(STREET, each, "signature")
        await drama.act(STREET, each, "result", RESULT)
        assert (await drama.clock(each, "MEDIATION_START"))["state"] == "RUNNING"
    await drama.act(OFFICE, case_id, "review", {"decision": "REJECT", "reason": "未实际处理"})
    await drama.act(OFFICE, solved, "review", {"decision": "APPROVE", "reply": "已解决"})
    await drama.pass_time(hours=25)
    assert (await drama.clock(case_id, "MEDIATION_START"))["breached_at"] == at("2026-03-03 09:00")
    clock = await drama.clock(solved, "MEDIATION_START")
    assert (clock["state"], clock["breached_at"]) == ("STOPPED", None)


async def test_a_regrade_keeps_its_anchor(drama: Drama) -> None:
    """X01: dispatched 03-02 10:00, raised 20:00; due 03-09 24:00, mediation still 03-03 10:00."""
    drama.move_to("2026-03-02 10:00")
    case_id = await drama.submit(NOISE)
    await drama.act(WORKER, case_id, "signature")
    drama.move_to("2026-03-02 20:00")
    change = {"grade": "MEDIUM", "reason": "三次劝导无效"}
    assert (await drama.refused(WORKER, case_id, "grading", change))[0] == 403
    assert (await drama.refused(COMPANY, case_id, "grading", change))[0] == 403
    await drama.act(LEADER, case_id, "grading", change)
    assert (await drama.clock(case_id, "MEDIUM_RESOLVE"))["due_at"] == at("2026-03-10 00:00")
    assert (await drama.clock(case_id, "SMALL_RESOLVE"))["state"] == "STOPPED"
    assert (await drama.clock(case_id, "MEDIATION_START"))["due_at"] == at("2026-03-03 10:00")
    row = await drama.row(case_id)
    assert row["first_dispatch_at"] == at("2026-03-02 10:00")
    regraded = (await drama.stage.said(said.CaseRegraded))[0]
    assert (regraded.old_grade, regraded.case.grade) == ("SMALL", "MEDIUM")
    assert regraded.case.handler is not None
    assert regraded.case.handler.end == "CENTRE"
    assert (await drama.refused(LEADER, case_id, "grading", change)) == (422, "NOTHING_TO_REGRADE")


async def test_a_raise_to_major_convenes_from_now(drama: Drama) -> None:
    """3.4: convene from the regrade, feedback from the anchor, result from the anchor."""
    drama.move_to("2026-03-02 10:00")
    case_id = await drama.submit(FEES)
    drama.move_to("2026-03-04 15:00")
    await drama.act(STREET, case_id, "grading", {"grade": "MAJOR", "reason": "群体性苗头"})
    assert (await drama.clock(case_id, "MAJOR_CONVENE"))["due_at"] == at("2026-03-05 15:00")
    assert (await drama.clock(case_id, "FEEDBACK"))["due_at"] == at("2026-03-10 00:00")
    assert (await drama.clock(case_id, "MAJOR_RESULT"))["due_at"] == at("2026-04-02 00:00")


async def test_only_the_county_centre_downgrades_a_major_matter(drama: Drama) -> None:
    """3.4: and a lowered grade never lengthens."""
    drama.move_to("2026-03-02 10:00")
    case_id = await drama.submit(FEES)
    await drama.act(STREET, case_id, "grading", {"grade": "MAJOR", "reason": "群体性苗头"})
    lower = {"grade": "SMALL", "reason": "核实为个别问题"}
    refused = await drama.refused(STREET, case_id, "grading", lower)
    assert refused == (403, "DOWNGRADE_NEEDS_CENTRE")
    drama.move_to("2026-03-03 09:00")
    await drama.act(COUNTY, case_id, "grading", lower)
    assert (await drama.clock(case_id, "SMALL_RESOLVE"))["due_at"] == at("2026-03-04 09:00")


async def test_an_unknown_category_is_refused(drama: Drama) -> None:
    """T09: only graded categories of the case's own rulebook."""
    case_id = await drama.submit(NOISE, channel=Channel.HOTLINE)
    for category in ("ZZ99", "XX01"):
        body = {"category": category, "grade": "SMALL", "reason": "更正"}
        assert await drama.refused(STREET, case_id, "grading", body) == (422, "UNKNOWN_CATEGORY")
    body = {"category": "PT01", "grade": "SMALL", "reason": "更正"}
    done = await drama.act(STREET, case_id, "grading", body)
    assert (done["category"], done["state"]) == ("PT01", "TO_DISPATCH")


async def test_interim_feedback_is_the_streets(drama: Drama) -> None:
    """CK-05: the company cannot speak for the hub; the reply is sealed, the reason kept."""
    case_id = await drama.submit(FEES)
    await drama.act(STREET, case_id, "signature")
    body = {"reply": "正在核实收费标准。", "reason": "等待企业提供账目"}
    assert (await drama.refused(COMPANY, case_id, "interim-feedback", body))[0] == 403
    await drama.act(STREET, case_id, "interim-feedback", body)
    assert (await drama.clock(case_id, "FEEDBACK"))["state"] == "MET"
    assert len(await drama.stage.said(said.CaseInterimFeedback)) == 1
    rows = await drama.rows("SELECT reply, reason FROM feedback")
    assert "正在核实" not in rows[0]["reply"]
