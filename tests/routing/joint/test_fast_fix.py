"""X32, CK-17: what can be removed within a day is removed without convening anybody."""

from __future__ import annotations

from uuid import UUID

from shared.contracts import routing as said
from tests.routing.drama import FIRE, ILLEGAL, TRAPPED, Drama, at, staff

STREET = staff("zhongzhi.wenquan")
COUNTY = staff("zhongzhi.xianan")
REMOVED = {"result_code": "SOLVED", "text": "杂物已清除", "proofs": ["清理后照片"]}
APPROVED = {"decision": "APPROVE", "reply": "楼道杂物已清除。"}


async def test_removed_and_proven_within_a_day(drama: Drama) -> None:
    """X32: proof at +20 h goes to review; no joint handling, and the history keeps MAJOR."""
    case_id = await _dispatched(drama)
    clock = await drama.clock(case_id, "FAST_FIX")
    assert (clock["due_at"], clock["state"]) == (at("2026-03-03 10:00"), "RUNNING")
    drama.move_to("2026-03-03 06:00")
    assert (await drama.act(STREET, case_id, "result", REMOVED))["state"] == "RESULT_REVIEW"
    drama.move_to("2026-03-03 14:00")
    await drama.stage.sweep()
    assert (await drama.row(case_id))["state"] == "RESULT_REVIEW"
    await drama.act(COUNTY, case_id, "review", APPROVED)
    row = await drama.row(case_id)
    assert (row["state"], row["grade"]) == ("FEEDBACK", "MAJOR")
    assert await drama.stage.said(said.JointOpened) == []
    assert (await drama.clock(case_id, "FAST_FIX"))["breached_at"] is None


async def test_not_removed_within_a_day(drama: Drama) -> None:
    """X32: at +25 h the departments have it; they have 24 h from the breach to convene."""
    case_id = await _dispatched(drama)
    drama.move_to("2026-03-03 10:00:00")
    await drama.stage.sweep()
    assert (await drama.row(case_id))["state"] == "HANDLING"
    drama.move_to("2026-03-03 11:00:00")
    await drama.stage.sweep()
    await drama.stage.sweep()
    assert (await drama.row(case_id))["state"] == "JOINT"
    assert len(await drama.stage.said(said.JointOpened)) == 1
    late = await drama.refused(STREET, case_id, "result", REMOVED)
    assert late[0] in {403, 409}
    assert (await drama.clock(case_id, "MAJOR_CONVENE"))["due_at"] == at("2026-03-04 10:00")


async def test_what_cannot_follow_at_once_is_ordered(drama: Drama) -> None:
    """X32: while the parties sit at the table nobody convenes; a person is told that it is due."""
    case_id = await _dispatched(drama)
    await drama.act(STREET, case_id, "mediation", {})
    drama.move_to("2026-03-03 11:00:00")
    await drama.stage.sweep()
    assert (await drama.row(case_id))["state"] == "MEDIATING"
    orders = await drama.rows(
        "SELECT clock FROM supervision_order WHERE case_id = :id AND clock = 'FAST_FIX'",
        id=case_id,
    )
    assert len(orders) == 1


async def test_a_proof_that_is_not_accepted_leaves_what_was_left(drama: Drama) -> None:
    """X32, T26: handed in with four hours left, sent back, four hours are left again."""
    case_id = await _dispatched(drama)
    drama.move_to("2026-03-03 06:00")
    await drama.act(STREET, case_id, "result", REMOVED)
    drama.move_to("2026-03-03 09:00")
    rejected = {"decision": "REJECT", "reason": "照片不能证明已清除"}
    await drama.act(COUNTY, case_id, "review", rejected)
    assert (await drama.clock(case_id, "FAST_FIX"))["due_at"] == at("2026-03-03 13:00")
    assert (await drama.clock(case_id, "MAJOR_RESULT"))["state"] == "RUNNING"


async def test_the_dispatcher_may_convene_at_once(drama: Drama) -> None:
    """X32 is an offer, not a duty: joint handling opened by hand ends the fast fix."""
    case_id = await _dispatched(drama)
    drama.move_to("2026-03-02 12:00")
    await drama.act(STREET, case_id, "joint", {})
    assert (await drama.clock(case_id, "FAST_FIX"))["state"] == "STOPPED"
    assert (await drama.clock(case_id, "MAJOR_CONVENE"))["due_at"] == at("2026-03-03 12:00")


async def test_other_major_matters_convene_from_the_dispatch(drama: Drama) -> None:
    """CK-07: an illegal building is not removed in a day; neither waits an emergency."""
    for words in (ILLEGAL, TRAPPED):
        case_id = await drama.submit(words)
        if (await drama.row(case_id))["state"] == "TO_DISPATCH":
            await drama.act(STREET, case_id, "dispatch", {})
        kinds = await drama.rows("SELECT kind FROM clock WHERE subject_id = :id", id=case_id)
        assert "FAST_FIX" not in {each["kind"] for each in kinds}
        assert "MAJOR_CONVENE" in {each["kind"] for each in kinds}


async def _dispatched(drama: Drama) -> UUID:
    drama.move_to("2026-03-02 10:00")
    case_id = await drama.submit(FIRE)
    await drama.act(STREET, case_id, "dispatch", {})
    await drama.act(STREET, case_id, "signature")
    return case_id
