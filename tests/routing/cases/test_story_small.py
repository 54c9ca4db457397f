"""W1: a small matter, solved within a day, and what may not happen on the way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from shared.contracts import routing as said
from shared.contracts.intake import ComplaintConfirmed, ComplaintSubmitted
from shared.contracts.survey import VisitAnswered, VisitState, VisitUnanswered
from shared.contracts.vocabulary import Solved
from tests.routing.drama import GARDEN, Drama, at, owner, staff

WORKER = "wangge.wenquan2"
LEADER = "wanggezhang.wenquan"


async def test_w1_from_report_to_close(drama: Drama) -> None:
    """W1, T06-T31, CK-01 to CK-05, CK-12, CK-15, B09."""
    event = drama.submission()
    drama.stage.clock.advance(timedelta(seconds=5))
    await drama.stage.hear(event)
    case_id = await drama.case_of(event.complaint.id)
    row = await drama.row(case_id)
    assert (row["state"], row["grade"], row["category"]) == ("DISPATCHED", "SMALL", "NS01")
    assert row["number"] == "XN421202-20260302-00001"
    assert (await drama.clock(case_id, "DISPATCH"))["state"] == "MET"
    assert (await drama.clock(case_id, "SMALL_RESOLVE"))["due_at"] == at("2026-03-03 09:00:05")

    drama.move_to("2026-03-02 09:20")
    await drama.act(staff(WORKER), case_id, "signature")
    await _mediated_in_the_evening(drama, case_id)
    drama.move_to("2026-03-02 20:10")
    review = {"decision": "APPROVE", "reply": "您反映的噪音问题已调解解决。"}
    assert (await drama.refused(staff(WORKER), case_id, "review", review))[0] == 403
    await drama.act(staff(LEADER), case_id, "review", review)
    assert (await drama.clock(case_id, "FEEDBACK"))["state"] == "MET"

    confirmed = event.complaint.model_copy(update={"case_id": case_id, "version": 5})
    await drama.stage.hear(ComplaintConfirmed(complaint=confirmed, solved=Solved.YES, level=5))
    row = await drama.row(case_id)
    assert (row["state"], row["result_code"], row["overdue"]) == ("CLOSED", "SOLVED", False)
    running = await drama.rows(
        "SELECT kind FROM clock WHERE subject_id = :id AND state = 'RUNNING'", id=case_id
    )
    assert [each["kind"] for each in running] == ["REOPEN_WINDOW"]
    entries = (await drama.see(staff(LEADER), f"/cases/{case_id}/timeline"))["items"]
    ends = {entry["actor_end"] for entry in entries}
    assert ends == {"SYSTEM", "COMMUNITY", "GRID", "OWNER"}, "A08: each end that acted"


async def _mediated_in_the_evening(drama: Drama, case_id: UUID) -> None:
    """Session at 19:30 with community and company, an oral agreement, the result at 19:50."""
    drama.move_to("2026-03-02 19:30")
    await drama.act(staff(WORKER), case_id, "mediation", {})
    session = {
        "held_at": "2026-03-02T19:30:00+08:00",
        "place": "社区调解室",
        "attendees": [
            {"capacity": "COMMUNITY"},
            {"capacity": "COMPANY"},
            {"capacity": "OWNER"},
            {"capacity": "OTHER", "name": "演示邻居"},
        ],
        "notes": "双方同意晚十点后减少走动",
    }
    await drama.act(staff(WORKER), case_id, "mediation/sessions", session)
    assert (await drama.clock(case_id, "MEDIATION_START"))["state"] == "MET"
    drama.move_to("2026-03-02 19:50")
    agreement = {"kind": "ORAL", "content": "晚十点后保持安静", "result_code": "SOLVED"}
    done = await drama.act(staff(WORKER), case_id, "mediation/agreement", agreement)
    assert done["state"] == "RESULT_REVIEW"
    assert (await drama.clock(case_id, "SMALL_RESOLVE"))["state"] == "MET"


async def test_each_event_carries_the_state_after_it(drama: Drama) -> None:
    """Versions rise by one; dispatch shows handler and clocks; nothing personal (T06, T09, T10)."""
    await drama.submit(place=GARDEN)
    created = (await drama.stage.said(said.CaseCreated))[0].case
    graded = (await drama.stage.said(said.CaseGraded))[0].case
    dispatched = (await drama.stage.said(said.CaseDispatched))[0].case
    assert [each.version for each in (created, graded, dispatched)] == [1, 2, 3]
    assert created.grade is None
    assert graded.grade == "SMALL"
    assert dispatched.handler is not None
    assert dispatched.handler.end == "COMMUNITY"
    kinds = {clock.kind for clock in dispatched.clocks}
    assert kinds == {"DISPATCH", "SIGN", "MEDIATION_START", "FEEDBACK", "SMALL_RESOLVE"}
    assert "101室" not in dispatched.model_dump_json()


async def test_solved_no_reopens_once_by_itself(drama: Drama) -> None:
    """T32: the first time automatic with a new resolution clock; the second stays for a person."""
    case_id, event = await _fed_back(drama)
    drama.stage.clock.advance(timedelta(hours=1))
    await drama.stage.hear(_unhappy(event))
    row = await drama.row(case_id)
    assert (row["state"], row["reopen_count"], row["result_code"]) == ("HANDLING", 1, None)
    clock = await drama.clock(case_id, "SMALL_RESOLVE")
    assert clock["state"] == "RUNNING"
    assert clock["due_at"] == drama.now + timedelta(hours=24)
    await _hand_in_and_approve(drama, case_id)
    await drama.stage.hear(_unhappy(event))
    assert (await drama.row(case_id))["state"] == "FEEDBACK"
    assert len(await drama.stage.said(said.CaseReopened)) == 1


@pytest.mark.parametrize("level", [1, 5])
async def test_not_solved_without_a_reason_closes(drama: Drama, level: int) -> None:
    """X34: it counts against the handler, and nobody knows what else to do."""
    case_id, event = await _fed_back(drama)
    answer = ComplaintConfirmed(complaint=event.complaint, solved=Solved.NO, level=level)
    await drama.stage.hear(answer)
    assert (await drama.row(case_id))["state"] == "CLOSED"
    assert await drama.stage.said(said.CaseReopened) == []


async def test_the_return_visit_answers_as_well(drama: Drama) -> None:
    """T31 through survey.VisitAnswered; the same answer by two ways closes once (X36)."""
    case_id, event = await _fed_back(drama)
    answer = {"solved": Solved.PARTLY, "result_level": 3, "process_level": 4}
    visit = _visit(drama, case_id, event, "ANSWERED", answered_at=drama.now, **answer)
    await drama.stage.hear(VisitAnswered(visit=visit))
    await drama.stage.hear(
        ComplaintConfirmed(complaint=event.complaint, solved=Solved.YES, level=5)
    )
    assert (await drama.row(case_id))["state"] == "CLOSED"
    assert len(await drama.stage.said(said.CaseClosed)) == 1


async def test_an_owner_nobody_reached(drama: Drama) -> None:
    """X33 as survey tells it: closed once; a case that was reopened meanwhile stays open."""
    case_id, event = await _fed_back(drama)
    silent = _visit(drama, case_id, event, "UNANSWERED")
    await drama.stage.hear(VisitUnanswered(visit=silent))
    assert (await drama.row(case_id))["state"] == "CLOSED"
    other, later = await _fed_back(drama)
    await drama.stage.hear(_unhappy(later))
    silent = _visit(drama, other, later, "UNANSWERED")
    await drama.stage.hear(VisitUnanswered(visit=silent))
    assert (await drama.row(other))["state"] == "HANDLING"


async def test_an_answer_before_its_case_waits(drama: Drama) -> None:
    """X37: the handler wants it later; when the case has not been fed back it changes nothing."""
    event = drama.submission()
    early = ComplaintConfirmed(complaint=event.complaint, solved=Solved.YES, level=5)
    delivery = await drama.stage.hear_early(early)
    await drama.stage.hear(event)
    await drama.stage.host.consumer.receive([delivery])
    assert not delivery.postponed
    case_id = await drama.case_of(event.complaint.id)
    assert (await drama.row(case_id))["state"] == "DISPATCHED"


def _unhappy(event: ComplaintSubmitted) -> ComplaintConfirmed:
    """With a reason, which stays in intake."""
    unhappy = {"solved": Solved.NO, "level": 1, "asks_to_reopen": True}
    return ComplaintConfirmed(complaint=event.complaint, **unhappy)


def _visit(
    drama: Drama, case_id: UUID, event: ComplaintSubmitted, state: str, **answer: Any
) -> VisitState:
    return VisitState(
        id=event.complaint.id,
        version=2,
        case_id=case_id,
        complaint_id=event.complaint.id,
        owner_id=owner().id,
        state=state,
        opened_at=drama.now,
        **answer,
    )


async def _fed_back(drama: Drama) -> tuple[UUID, ComplaintSubmitted]:
    event = drama.submission()
    await drama.stage.hear(event)
    case_id = await drama.case_of(event.complaint.id)
    await drama.act(staff(WORKER), case_id, "signature")
    await _hand_in_and_approve(drama, case_id)
    return case_id, event


async def _hand_in_and_approve(drama: Drama, case_id: UUID) -> None:
    result = {"result_code": "SOLVED", "text": "已上门劝导", "proofs": ["照片1"]}
    await drama.act(staff(WORKER), case_id, "result", result)
    review = {"decision": "APPROVE", "reply": "已解决"}
    await drama.act(staff(LEADER), case_id, "review", review)
