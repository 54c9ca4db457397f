"""T32, T33, X35: a case comes back by itself once, then a dispatcher decides."""

from __future__ import annotations

from uuid import UUID

from shared.contracts import routing as said
from shared.contracts.intake import ComplaintConfirmed, ComplaintSubmitted
from shared.contracts.vocabulary import Solved
from tests.routing.drama import Drama, at, staff

WORKER = staff("wangge.wenquan2")
LEADER = staff("wanggezhang.wenquan")
STREET = staff("zhongzhi.wenquan")
OFFICE = staff("jiedao.wenquan")
COUNTY = staff("zhongzhi.xianan")
REOPEN = {"decision": "REOPEN", "reason": "噪音再次出现"}
FINAL = {"decision": "FINAL", "reason": "已穷尽调解，可向法院起诉"}


async def test_the_second_time_a_dispatcher_reopens(drama: Drama) -> None:
    """T32: asked twice is asked once; dispatchers decide, leader, office and worker do not."""
    case_id, event = await _asked(drama)
    version = (await drama.row(case_id))["version"]
    await _answer(drama, event, Solved.NO)
    assert (await drama.row(case_id))["version"] == version, "asking again changes nothing"
    for actor in (LEADER, OFFICE, WORKER, staff("wuye.wenquan")):
        assert (await drama.refused(actor, case_id, "reopening", REOPEN))[0] == 403
    assert (await drama.refused(staff("zhongzhi.chibi"), case_id, "reopening", REOPEN))[0] == 404
    done = await drama.act(COUNTY, case_id, "reopening", REOPEN)
    assert done["state"] == "HANDLING"
    assert (await drama.row(case_id))["reopen_count"] == 2
    assert (await drama.clock(case_id, "SMALL_RESOLVE"))["state"] == "RUNNING"


async def test_the_final_explanation_ends_the_matter(drama: Drama) -> None:
    """X35: the owner is told why, the case closes; another "no" within CK-15 changes nothing."""
    case_id, event = await _asked(drama)
    done = await drama.act(STREET, case_id, "reopening", FINAL)
    assert done["state"] == "CLOSED"
    note = (await drama.stage.said(said.CaseProgressed))[-1].note
    assert note is not None
    opened = drama.stage.host.runtime.sealer.open_(note, subject=f"{case_id}/note")
    assert opened == FINAL["reason"]
    await _answer(drama, event, Solved.NO)
    assert (await drama.row(case_id))["version"] == done["version"]


async def test_nobody_decides_what_nobody_asked(drama: Drama) -> None:
    """T32: while the owner has not answered there is nothing to decide."""
    case_id, _ = await _fed_back(drama)
    for decision in (REOPEN, FINAL):
        refused = await drama.refused(STREET, case_id, "reopening", decision)
        assert refused == (409, "REOPENING_NOT_ASKED")
    handled = await drama.submit()
    assert (await drama.refused(STREET, handled, "reopening", REOPEN))[0] == 409


async def test_a_closed_case_comes_back_within_fifteen_days(drama: Drama) -> None:
    """T33, CK-15: once by the owner's word; the window stops, nothing counts as closed."""
    case_id, event = await _closed(drama)
    assert (await drama.clock(case_id, "REOPEN_WINDOW"))["due_at"] == at("2026-03-18 00:00")
    drama.move_to("2026-03-18 00:00")
    await _answer(drama, event, Solved.YES)
    assert (await drama.row(case_id))["state"] == "CLOSED"
    await _answer(drama, event, Solved.NO)
    row = await drama.row(case_id)
    assert (row["state"], row["closed_at"], row["reopen_count"]) == ("HANDLING", None, 1)
    assert (await drama.clock(case_id, "REOPEN_WINDOW"))["state"] == "STOPPED"
    entries = (await drama.see(LEADER, f"/cases/{case_id}/timeline"))["items"]
    assert entries[-1]["row"] == "T33"
    await _hand_in_and_approve(drama, case_id)
    await _answer(drama, event, Solved.YES)
    await _answer(drama, event, Solved.NO)
    assert (await drama.row(case_id))["state"] == "CLOSED", "the second time a person decides"
    await drama.act(STREET, case_id, "reopening", REOPEN)


async def test_after_fifteen_days_a_new_complaint_is_needed(drama: Drama) -> None:
    """CK-15: neither the owner nor the dispatcher; within them the dispatcher may unasked."""
    late, event = await _closed(drama)
    early, _ = await _closed(drama)
    await drama.act(STREET, early, "reopening", REOPEN)
    await drama.pass_time(days=16)
    await _answer(drama, event, Solved.NO)
    assert (await drama.row(late))["state"] == "CLOSED"
    refused = await drama.refused(STREET, late, "reopening", REOPEN)
    assert refused == (409, "REOPENING_TOO_LATE")


async def test_a_reopened_small_matter_is_upgraded_from_its_reopening(drama: Drama) -> None:
    """X02, T32: reopened 03-05 10:00, upgraded a day later, due 03-12 24:00."""
    case_id, event = await _fed_back(drama)
    drama.move_to("2026-03-05 10:00")
    await _answer(drama, event, Solved.NO)
    await drama.pass_time(days=1, seconds=1)
    assert (await drama.row(case_id))["grade"] == "MEDIUM"
    assert (await drama.clock(case_id, "MEDIUM_RESOLVE"))["due_at"] == at("2026-03-13 00:00")


async def _fed_back(drama: Drama) -> tuple[UUID, ComplaintSubmitted]:
    event = drama.submission()
    await drama.stage.hear(event)
    case_id = await drama.case_of(event.complaint.id)
    await drama.act(WORKER, case_id, "signature")
    await _hand_in_and_approve(drama, case_id)
    return case_id, event


async def _closed(drama: Drama) -> tuple[UUID, ComplaintSubmitted]:
    case_id, event = await _fed_back(drama)
    await _answer(drama, event, Solved.YES)
    return case_id, event


async def _asked(drama: Drama) -> tuple[UUID, ComplaintSubmitted]:
    """Reopened once, fed back again, and still not solved."""
    case_id, event = await _fed_back(drama)
    await _answer(drama, event, Solved.NO)
    await _hand_in_and_approve(drama, case_id)
    await _answer(drama, event, Solved.NO)
    assert (await drama.row(case_id))["state"] == "FEEDBACK"
    return case_id, event


async def _answer(drama: Drama, event: ComplaintSubmitted, solved: Solved) -> None:
    no = solved is Solved.NO
    level = 1 if no else 5
    confirmed = ComplaintConfirmed(
        complaint=event.complaint, solved=solved, level=level, asks_to_reopen=no
    )
    await drama.stage.hear(confirmed)


async def _hand_in_and_approve(drama: Drama, case_id: UUID) -> None:
    result = {"result_code": "SOLVED", "text": "已上门劝导"}
    await drama.act(WORKER, case_id, "result", result)
    await drama.act(LEADER, case_id, "review", {"decision": "APPROVE", "reply": "已解决"})
