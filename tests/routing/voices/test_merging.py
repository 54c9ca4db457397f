"""X09, X10: a dispatcher merges two cases, and takes a complaint out again."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from deploy.demo import world
from shared.contracts import routing as said
from tests.routing.drama import HOMESTEAD, NOISE, Drama, at, owner, staff
from tests.routing.machine.invariants import rebuilt
from tests.routing.machine.invariants import told as told_of
from tests.routing.voices.choir import DISPATCHER, LIFT, LIFT_AGAIN, SMELL, complain, house

WHY = "同一部电梯的同一故障"


async def test_two_households_one_case(drama: Drama) -> None:
    """X09, T07: the own case's clocks stop, the parent's run, both complaints are its own."""
    first, second = await complain(drama, 1, LIFT), await complain(drama, 2, LIFT_AGAIN)
    target, source = await drama.case_of(first), await drama.case_of(second)
    answer = await drama.act(DISPATCHER, source, "merge", {"into": str(target), "reason": WHY})
    assert UUID(answer["id"]) == target
    assert await drama.case_of(second) == target
    row = await drama.row(source)
    assert (row["state"], row["merged_into"]) == ("CANCELLED", target)
    assert await _running(drama, source) == set()
    assert "FEEDBACK" in await _running(drama, target)
    (ended,) = await drama.stage.said(said.CaseMerged)
    assert (ended.case.id, ended.into_case_id, ended.moved) == (source, target, (second,))
    assert (ended.case.state, ended.case.complaint_ids) == ("CANCELLED", ())
    (joined,) = await drama.stage.said(said.ComplaintsJoined)
    assert (joined.case.complaint_ids, joined.joined) == ((first, second), (second,))
    assert len(joined.case.owner_ids) == 2
    assert (await drama.see(DISPATCHER, "/duplicates"))["items"] == []
    decided = (await drama.see(DISPATCHER, f"/cases/{target}/duplicates"))["items"]
    assert [pair["decision"] for pair in decided] == ["MERGED"]


async def test_who_merges_and_what(drama: Drama) -> None:
    """T07: the dispatcher of the place, two named cases of one estate, the target still open."""
    target, source = await _two(drama)
    body = {"into": str(target), "reason": WHY}
    assert await drama.refused(staff("wangge.wenquan2"), source, "merge", body) == (
        403,
        "NOT_YOUR_TASK",
    )
    assert await drama.refused(staff("zhongzhi.chibi"), source, "merge", body) == (
        404,
        "CASE_NOT_FOUND",
    )
    assert (await drama.refused(owner(), source, "merge", body))[0] == 404
    itself = {"into": str(source), "reason": WHY}
    assert await drama.refused(DISPATCHER, source, "merge", itself) == (422, "SAME_CASE")
    nowhere = {"into": str(uuid4()), "reason": WHY}
    assert (await drama.refused(DISPATCHER, source, "merge", nowhere))[0] == 404
    anonymous = await drama.case_of(await complain(drama, 3, SMELL, anonymous=True))
    assert await drama.refused(DISPATCHER, anonymous, "merge", body) == (
        409,
        "ANONYMOUS_STAYS_APART",
    )
    await drama.rows("UPDATE cases SET state = 'FEEDBACK' WHERE id = :id RETURNING id", id=target)
    assert await drama.refused(DISPATCHER, source, "merge", body) == (409, "ACTION_NOT_POSSIBLE")


async def test_another_estate_is_another_problem(drama: Drama) -> None:
    target, _ = await _two(drama)
    elsewhere = await drama.case_of(await complain(drama, 3, LIFT, place=HOMESTEAD))
    county = staff("zhongzhi.shi")
    refused = await drama.refused(county, elsewhere, "merge", {"into": str(target), "reason": WHY})
    assert refused == (409, "OTHER_ESTATE")


async def test_a_hidden_reporter_stays_hidden(drama: Drama) -> None:
    """X16: where one of the reporters was promised silence, the case keeps it for all."""
    target = await drama.case_of(await complain(drama, 1, LIFT))
    source = await drama.case_of(await complain(drama, 2, LIFT_AGAIN, confidential=True))
    await drama.act(DISPATCHER, source, "merge", {"into": str(target), "reason": WHY})
    assert (await drama.row(target))["confidential"] is True
    seen = await drama.see(staff("wuye.wenquan"), f"/cases/{target}")
    assert {each["owner_id"] for each in seen["complaints"]} == {None}


async def test_the_higher_grade_is_kept(drama: Drama) -> None:
    """T07, T30: a case that was raised does not become smaller by being merged."""
    target, source = await _two(drama)
    raised = {"grade": "MAJOR", "reason": "多户老人受困"}
    await drama.act(DISPATCHER, source, "grading", raised)
    await drama.act(DISPATCHER, source, "merge", {"into": str(target), "reason": WHY})
    assert (await drama.row(target))["grade"] == "MAJOR"


async def test_who_resembles_a_merged_case_resembles_the_one_that_goes_on(drama: Drama) -> None:
    """X09: an open pair follows, so that the third household finds the case that is handled."""
    target, source = await _two(drama)
    third = await drama.case_of(await complain(drama, 3, LIFT_AGAIN))
    await drama.act(DISPATCHER, source, "merge", {"into": str(target), "reason": WHY})
    (pair,) = (await drama.see(DISPATCHER, "/duplicates"))["items"]
    assert (UUID(pair["case"]["id"]), UUID(pair["into"]["id"])) == (third, target)
    await drama.act(DISPATCHER, third, "merge", {"into": str(target), "reason": WHY})
    complaints = await drama.rows("SELECT 1 FROM case_complaint WHERE case_id = :id", id=target)
    assert len(complaints) == 3


async def test_a_wrong_merger_is_undone(drama: Drama) -> None:
    """X10: unmerge at 03-04: due computed from the unmerge dispatch, flagged; own acceptance."""
    target, source = await _two(drama)
    (complaint,) = await _complaints(drama, source)
    await drama.act(DISPATCHER, source, "merge", {"into": str(target), "reason": WHY})
    drama.move_to("2026-03-04 10:00")
    body = {"complaint_id": str(complaint), "reason": "不是同一部电梯"}
    answer = await drama.act(DISPATCHER, target, "unmerge", body)
    own = await drama.row(UUID(answer["id"]))
    assert await drama.case_of(complaint) == own["id"] != source
    assert own["unmerged_from"] == target
    assert own["accepted_at"] == at("2026-03-02 09:00")
    assert (own["state"], own["first_dispatch_at"]) == ("DISPATCHED", at("2026-03-04 10:00"))
    assert (await drama.clock(own["id"], "FEEDBACK"))["due_at"] == at("2026-03-12 00:00")
    dispatch = await drama.clock(own["id"], "DISPATCH")
    assert (dispatch["due_at"], dispatch["breached_at"]) == (
        at("2026-03-02 10:00"),
        at("2026-03-02 10:00"),
    )
    (unmerged,) = await drama.stage.said(said.ComplaintUnmerged)
    assert (unmerged.case.id, unmerged.from_case_id) == (own["id"], target)
    assert unmerged.case.complaint_ids == (complaint,)
    (left,) = await _complaints(drama, target)
    told = (await drama.stage.said(said.CaseProgressed))[-1].case
    assert (told.id, told.complaint_ids) == (target, (left,))


async def test_the_events_alone_make_the_states(drama: Drama) -> None:
    """Invariant 12: of the case that ended, of the one that went on, and of the new one."""
    target, source = await _two(drama)
    (complaint,) = await _complaints(drama, source)
    await drama.act(DISPATCHER, source, "merge", {"into": str(target), "reason": WHY})
    body = {"complaint_id": str(complaint), "reason": "不是同一部电梯"}
    own = UUID((await drama.act(DISPATCHER, target, "unmerge", body))["id"])
    for case_id in (target, source, own):
        newest = rebuilt(await told_of(drama, case_id))
        row = await drama.row(case_id)
        assert (newest.version, newest.state) == (row["version"], row["state"])
        assert list(newest.complaint_ids) == await _complaints(drama, case_id)


async def test_nobody_handles_the_matter_of_the_own_household(drama: Drama) -> None:
    """A13, invariant 5: a household with a tie to the handler cannot be merged into the case."""
    target = await drama.case_of(await complain(drama, 1, NOISE))
    source = await drama.case_of(await complain(drama, 2, NOISE))
    lead = await drama.rows(
        "SELECT person_id FROM assignment WHERE case_id = :id AND role = 'LEAD'", id=target
    )
    tied = world.staff("wangge.wenquan2")
    assert lead == [{"person_id": tied.id}]
    await drama.rows(
        "UPDATE staff SET interests = :own WHERE id = :id RETURNING id",
        own=[house(2)],
        id=tied.id,
    )
    body = {"into": str(target), "reason": WHY}
    refused = await drama.refused(DISPATCHER, source, "merge", body)
    assert refused == (422, "CONFLICT_OF_INTEREST")


async def test_a_repetition_can_be_taken_out_as_well(drama: Drama) -> None:
    """X10, X08: what the system joined had no case; its own one is as the case it comes out of."""
    first = await complain(drama, 1, LIFT, word_for_word=True)
    again = await complain(drama, 1, LIFT, word_for_word=True)
    case_id = await drama.case_of(first)
    body = {"complaint_id": str(again), "reason": "第二次是另一部电梯"}
    own = UUID((await drama.act(DISPATCHER, case_id, "unmerge", body))["id"])
    old, new = await drama.row(case_id), await drama.row(own)
    assert (new["category"], new["grade"]) == (old["category"], old["grade"])
    assert await drama.refused(DISPATCHER, own, "unmerge", body) == (404, "NOT_MERGED")


async def test_what_cannot_be_taken_out(drama: Drama) -> None:
    """X10: only what was merged, by who may merge, and within the open period."""
    target, source = await _two(drama)
    (kept,), (moved,) = await _complaints(drama, target), await _complaints(drama, source)
    await drama.act(DISPATCHER, source, "merge", {"into": str(target), "reason": WHY})
    body = {"complaint_id": str(kept), "reason": "不是同一个问题"}
    assert await drama.refused(DISPATCHER, target, "unmerge", body) == (404, "NOT_MERGED")
    body = {"complaint_id": str(moved), "reason": "不是同一个问题"}
    assert (await drama.refused(staff("wangge.wenquan2"), target, "unmerge", body))[0] == 403
    await drama.rows("UPDATE cases SET state = 'FEEDBACK' WHERE id = :id RETURNING id", id=target)
    assert await drama.refused(DISPATCHER, target, "unmerge", body) == (409, "ACTION_NOT_POSSIBLE")


async def test_the_same_request_again_merges_once(drama: Drama) -> None:
    target, source = await _two(drama)
    body = {"into": str(target), "reason": WHY}
    for _ in range(2):
        answer = await drama.send(DISPATCHER, f"/cases/{source}/merge", body, key="merge-once-1")
        assert answer.status_code == 200
    assert len(await drama.stage.said(said.CaseMerged)) == 1


async def _two(drama: Drama) -> tuple[UUID, UUID]:
    """Two cases of two households about one lift: the target and the source."""
    first, second = await complain(drama, 1, LIFT), await complain(drama, 2, LIFT_AGAIN)
    return await drama.case_of(first), await drama.case_of(second)


async def _complaints(drama: Drama, case_id: UUID) -> list[Any]:
    rows = await drama.rows(
        "SELECT complaint_id FROM case_complaint WHERE case_id = :id", id=case_id
    )
    return [row["complaint_id"] for row in rows]


async def _running(drama: Drama, case_id: UUID) -> set[str]:
    rows = await drama.rows(
        "SELECT kind FROM clock WHERE subject_id = :id AND state = 'RUNNING'", id=case_id
    )
    return {row["kind"] for row in rows}
