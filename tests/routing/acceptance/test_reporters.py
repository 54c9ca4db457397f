"""T08, T45: reporters withdraw and urge; what becomes of the case (X14, X17, X36, X37)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared.contracts import routing as said
from shared.contracts.intake import ComplaintSubmitted
from tests.routing.acceptance.scene import STREET, path, pending, urged, waiting, withdrawn
from tests.routing.drama import FEES, FIRE, ILLEGAL, NOISE, POLICE, Drama, Words, owner, staff


async def accepted(drama: Drama, words: Words = NOISE) -> ComplaintSubmitted:
    event = drama.submission(words)
    await drama.stage.hear(event)
    return event


@pytest.mark.parametrize("words", [NOISE, FEES], ids=["small", "medium"])
async def test_the_only_complaint_takes_its_case_along(drama: Drama, words: Words) -> None:
    """T08: CANCELLED, told once, no clock runs any more (invariant 11)."""
    event = await accepted(drama, words)
    case_id = await drama.case_of(event.complaint.id)
    await drama.stage.hear_after_forgetting(withdrawn(event))
    row = await drama.row(case_id)
    assert (row["state"], row["result_code"]) == ("CANCELLED", "WITHDRAWN")
    (told,) = await drama.stage.said(said.CaseCancelled)
    assert (told.case.complaint_ids, told.reason) == ((event.complaint.id,), "WITHDRAWN")
    running = await drama.stage.count("clock", f"subject_id = '{case_id}' AND state = 'RUNNING'")
    assert running == 0


@pytest.mark.parametrize("words", [FIRE, ILLEGAL], ids=["FR01", "IL01"])
async def test_a_major_case_goes_on_ex_officio(drama: Drama, words: Words) -> None:
    """X14, invariant 7: FR01 withdrawn → complaint WITHDRAWN, case stays JOINT."""
    event = await accepted(drama, words)
    case_id = await drama.case_of(event.complaint.id)
    county = staff("zhongzhi.xianan")
    await drama.act(county, case_id, "dispatch", {})
    await drama.act(staff("zhongzhi.wenquan"), case_id, "signature")
    await drama.act(county, case_id, "joint", {})
    await drama.stage.hear_after_forgetting(withdrawn(event))
    assert (await drama.row(case_id))["state"] == "JOINT"
    (told,) = await drama.stage.said(said.ComplaintReleased)
    assert told.complaint_id == event.complaint.id
    assert (told.case.complaint_ids, told.case.owner_ids) == ((), ())
    assert (await drama.read(owner(), f"/cases/{case_id}/mediation")).status_code == 404


async def test_after_the_feedback_it_is_too_late(drama: Drama) -> None:
    """T08: before FEEDBACK only; a word that comes late changes nothing."""
    event = await accepted(drama)
    case_id = await drama.case_of(event.complaint.id)
    worker = staff("wangge.wenquan2")
    await drama.act(worker, case_id, "signature")
    await drama.act(worker, case_id, "result", {"result_code": "SOLVED", "text": "已上门劝导"})
    await drama.act(
        staff("wanggezhang.wenquan"), case_id, "review", {"decision": "APPROVE", "reply": "已处理"}
    )
    await drama.stage.hear(withdrawn(event))
    assert (await drama.row(case_id))["state"] == "FEEDBACK"


async def test_before_acceptance_nothing_is_left(drama: Drama) -> None:
    """T08: off the desk, clocks stopped, words forgotten; nobody can accept it afterwards."""
    event = await waiting(drama)
    await drama.stage.hear_after_forgetting(withdrawn(event))
    row = await pending(drama, event)
    assert (row["state"], row["narrative"]) == ("WITHDRAWN", None)
    assert (await drama.clock(event.complaint.id, "ACCEPT"))["state"] == "STOPPED"
    answer = await drama.send(STREET, path(event, "/acceptance"))
    assert (answer.status_code, answer.json()["code"]) == (409, "DECISION_NOT_POSSIBLE")
    await drama.stage.hear(event)
    assert await drama.stage.count("cases") == 0


async def test_a_word_that_comes_before_the_complaint_waits_for_it(drama: Drama) -> None:
    """X37: withdrawn and urged before it was heard of; later they find their case."""
    event = drama.submission(NOISE)
    for word in (withdrawn(event), urged(event, 1)):
        early = await drama.stage.hear_early(word)
        assert not early.postponed
    await drama.stage.hear(event)
    await drama.stage.hear(withdrawn(event))
    assert (await drama.row(await drama.case_of(event.complaint.id)))["state"] == "CANCELLED"


async def test_a_refused_complaint_has_nothing_to_withdraw(drama: Drama) -> None:
    """X37: refused for the police; the withdrawal that crossed it is no error."""
    event = await accepted(drama, POLICE)
    await drama.stage.hear(withdrawn(event))
    assert await drama.stage.count("cases") == 0


async def test_urges_are_counted_and_told(drama: Drama) -> None:
    """T45, X36: each once, also when the inbox forgot it; an older one counts no more."""
    event = await accepted(drama)
    case_id = await drama.case_of(event.complaint.id)
    first, second = urged(event, 1), urged(event, 2)
    await drama.stage.hear_after_forgetting(first)
    drama.stage.clock.advance(timedelta(days=1))
    await drama.stage.hear_after_forgetting(second)
    await drama.stage.hear_after_forgetting(first)
    assert (await drama.row(case_id))["urged_count"] == 2
    assert [each.times for each in await drama.stage.said(said.CaseUrged)] == [1, 2]


async def test_the_third_urge_is_supervised(drama: Drama) -> None:
    """X17, T44: 03-04 09:00, 03-05 and the third on 03-06 → case.supervised, once."""
    drama.move_to("2026-03-04 08:00")
    event = await accepted(drama, FEES)
    case_id = await drama.case_of(event.complaint.id)
    for times, day in enumerate((4, 5, 6, 7), start=1):
        drama.move_to(f"2026-03-0{day} 09:00")
        await drama.stage.hear(urged(event, times))
        assert (await drama.row(case_id))["supervised"] is (times >= 3)
    (told,) = await drama.stage.said(said.CaseSupervised)
    assert (told.cause, told.clock) == ("URGED", None)
    assert (await drama.row(case_id))["urged_count"] == 4


async def test_urges_of_an_ended_case_change_nothing(drama: Drama) -> None:
    """T45: any active case, and no other."""
    event = await accepted(drama)
    await drama.stage.hear(withdrawn(event))
    await drama.stage.hear(urged(event, 1))
    assert await drama.stage.said(said.CaseUrged) == []
