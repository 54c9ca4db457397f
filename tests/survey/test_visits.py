"""Return visits from feedback to answer: who is asked, who may answer, what an answer means."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from shared.contracts.intake import ComplaintConfirmed, ComplaintSubmitted
from shared.contracts.routing import CaseClosed, CaseFeedbackGiven, CaseReopened, CaseState
from shared.contracts.survey import VisitAnswered, VisitOpened, VisitUnanswered
from shared.contracts.vocabulary import CaseStatus, Solved
from shared.identity import End, Role
from shared.privacy import Sealed
from tests.samples import (
    CASE,
    COMPLAINT,
    DIVISION,
    NEIGHBOUR,
    OWNER,
    STRANGER,
    WORKER,
    a_case,
    a_complaint,
    named,
    owner,
    staff,
)
from tests.stage import START, Stage

REPLY = Sealed(audience="intake", ciphertext="1.k1.AAAA")
NEIGHBOURS = named("neighbour's complaint")
GOOD = {"solved": "YES", "result_level": 5, "process_level": 4}


def submitted(**changes: Any) -> ComplaintSubmitted:
    narrative = Sealed(audience="routing", ciphertext="1.k1.AAAA")
    complaint = a_complaint(**changes)
    return ComplaintSubmitted(complaint=complaint, narrative=narrative, promised_from=START)


def feedback(**changes: Any) -> CaseFeedbackGiven:
    return CaseFeedbackGiven(case=in_feedback(**changes), reply=REPLY)


def in_feedback(**changes: Any) -> CaseState:
    state = {"version": 7, "state": CaseStatus.FEEDBACK, "feedback_at": START}
    return a_case(**(state | changes))


def once(key: str | None = None) -> dict[str, str]:
    """The header that makes a POST safe to repeat."""
    return {"Idempotency-Key": key or str(uuid4())}


async def the_visit(stage: Stage, person: UUID = OWNER) -> dict[str, Any]:
    async with stage.client(owner(person)) as client:
        items = (await client.get("/visits")).json()["items"]
    assert len(items) == 1
    return dict(items[0])


async def test_feedback_asks_the_owner_once(stage: Stage) -> None:
    """T25, CK-12, X36: one visit, though every event arrived twice; three civil days to answer."""
    await stage.hear(submitted())
    await stage.hear(feedback())
    visit = await the_visit(stage)
    assert visit["state"] == "OPEN"
    assert visit["answer_until"] == "2026-03-06T00:00:00+08:00"
    (opened,) = await stage.said(VisitOpened)
    assert (opened.visit.complaint_id, opened.visit.owner_id) == (COMPLAINT, OWNER)


async def test_everybody_who_complained_is_asked(stage: Stage) -> None:
    """X09, W5: two households, two visits, one case."""
    await stage.hear(submitted(), submitted(id=NEIGHBOURS, owner_id=NEIGHBOUR))
    await stage.hear(feedback(complaint_ids=(COMPLAINT, NEIGHBOURS)))
    assert (await the_visit(stage))["case_id"] == (await the_visit(stage, NEIGHBOUR))["case_id"]


@pytest.mark.parametrize(
    "complaint",
    [{"anonymous": True}, {"owner_id": None}, {"state": "WITHDRAWN"}],
    ids=["X15 anonymous", "X45 inspection", "X14 withdrawn"],
)
async def test_some_are_never_asked(stage: Stage, complaint: dict[str, Any]) -> None:
    await stage.hear(submitted(**complaint), submitted(id=NEIGHBOURS, owner_id=NEIGHBOUR))
    await stage.hear(feedback(complaint_ids=(COMPLAINT, NEIGHBOURS)))
    assert await stage.count("visit", f"complaint_id = '{COMPLAINT}'") == 0
    assert await stage.count("visit", f"complaint_id = '{NEIGHBOURS}'") == 1


async def test_feedback_before_its_complaint_waits(stage: Stage) -> None:
    """X37: nothing is lost, nobody is forgotten."""
    early = await stage.hear_early(feedback())
    assert await stage.count("visit") == 0
    await stage.hear(submitted())
    await stage.host.consumer.receive([early])
    assert await stage.count("visit") == 1


async def test_the_owner_answers_once(stage: Stage) -> None:
    await stage.hear(submitted())
    await stage.hear(feedback())
    visit = await the_visit(stage)
    async with stage.client(owner()) as client:
        first = await client.post(f"/visits/{visit['id']}/answer", json=GOOD, headers=once())
        second = await client.post(f"/visits/{visit['id']}/answer", json=GOOD, headers=once())
    assert (first.status_code, first.json()["state"]) == (200, "ANSWERED")
    assert (second.status_code, second.json()["code"]) == (409, "VISIT_ANSWERED")
    (answered,) = await stage.said(VisitAnswered)
    assert (answered.visit.solved, answered.visit.result_level) == (Solved.YES, 5)
    assert answered.visit.version > (await stage.said(VisitOpened))[0].visit.version
    assert await stage.count("clock", "state = 'MET'") == 1
    assert await stage.count("audit_entry", "action = 'visit.answered'") == 1


async def test_an_answer_may_be_sent_again(stage: Stage) -> None:
    """The same key gets the same answer; without a key nothing is taken."""
    await stage.hear(submitted())
    await stage.hear(feedback())
    path, key = f"/visits/{(await the_visit(stage))['id']}/answer", once()
    async with stage.client(owner()) as client:
        bare = await client.post(path, json=GOOD)
        first = await client.post(path, json=GOOD, headers=key)
        replay = await client.post(path, json=GOOD, headers=key)
        other = await client.post(path, json=GOOD | {"result_level": 1}, headers=key)
    assert (bare.status_code, bare.json()["code"]) == (400, "IDEMPOTENCY_KEY_MISSING")
    assert (replay.status_code, replay.content) == (200, first.content)
    assert (other.status_code, other.json()["code"]) == (422, "IDEMPOTENCY_KEY_REUSED")
    assert len(await stage.said(VisitAnswered)) == 1


async def test_only_the_owner_sees_and_answers(stage: Stage) -> None:
    await stage.hear(submitted())
    await stage.hear(feedback())
    path = f"/visits/{(await the_visit(stage))['id']}"
    worker = staff(WORKER, End.GRID, Role.GRID_WORKER, divisions=(DIVISION,))
    for other in (owner(STRANGER), worker):
        async with stage.client(other) as client:
            assert (await client.get("/visits")).json()["items"] == []
            assert (await client.get(path)).status_code == 404
            assert (
                await client.post(f"{path}/answer", json=GOOD, headers=once())
            ).status_code == 404
    async with stage.client() as nobody:
        assert (await nobody.get(path)).status_code == 401
    async with stage.client(owner()) as client:
        assert (await client.get(path)).status_code == 200


@pytest.mark.parametrize(
    ("answer", "reopens"),
    [
        ({"solved": "YES", "result_level": 5, "process_level": 5}, False),
        ({"solved": "NO", "result_level": 3, "process_level": 3}, False),
        ({"solved": "NO", "result_level": 3, "process_level": 3, "reason": "夜里仍吵"}, True),
        ({"solved": "PARTLY", "result_level": 1, "process_level": 3}, False),
        ({"solved": "PARTLY", "result_level": 2, "process_level": 3, "reason": "夜里仍吵"}, True),
        ({"solved": "YES", "result_level": 3, "process_level": 3, "reason": "尚可"}, False),
    ],
    ids=["good", "X34 not solved", "T32 not solved", "X34 no reason", "T32", "not bad"],
)
async def test_what_asks_to_reopen(stage: Stage, answer: dict[str, Any], reopens: bool) -> None:
    await stage.hear(submitted())
    await stage.hear(feedback())
    visit = await the_visit(stage)
    async with stage.client(owner()) as client:
        response = await client.post(f"/visits/{visit['id']}/answer", json=answer, headers=once())
    assert response.status_code == 200
    (answered,) = await stage.said(VisitAnswered)
    assert answered.visit.asks_to_reopen is reopens


async def test_a_reason_is_stored_as_ciphertext_and_told_to_nobody(stage: Stage) -> None:
    """P23: what people write may be personal."""
    await stage.hear(submitted())
    await stage.hear(feedback())
    visit = await the_visit(stage)
    answer = GOOD | {"result_level": 1, "reason": "夜里仍吵"}
    async with stage.client(owner()) as client:
        await client.post(f"/visits/{visit['id']}/answer", json=answer, headers=once())
    async with stage.host.runtime.database.transaction() as session:
        stored = (await session.execute(text("SELECT reason FROM visit"))).scalar_one()
    opened = stage.host.runtime.cipher.decrypt(
        stored, table="visit", row_id=visit["id"], column="reason"
    )
    assert opened == "夜里仍吵"
    assert await stage.count("outbox", "body LIKE '%夜里%'") == 0


@pytest.mark.parametrize("level", [0, 6])
async def test_levels_are_those_of_the_rulebook(stage: Stage, level: int) -> None:
    """Facts 2.5: five levels."""
    await stage.hear(submitted())
    await stage.hear(feedback())
    visit = await the_visit(stage)
    async with stage.client(owner()) as client:
        response = await client.post(
            f"/visits/{visit['id']}/answer",
            json=GOOD | {"process_level": level},
            headers=once(),
        )
    assert (response.status_code, response.json()["code"]) == (422, "LEVEL_UNKNOWN")
    assert (await the_visit(stage))["state"] == "OPEN"


async def test_an_answer_through_intake_counts(stage: Stage) -> None:
    """T31, T32: whoever confirmed in intake is not asked again, and routing not told twice."""
    confirmed = ComplaintConfirmed(complaint=a_complaint(version=4), solved=Solved.YES, level=4)
    early = await stage.hear_early(confirmed)
    await stage.hear(submitted())
    await stage.hear(feedback())
    await stage.host.consumer.receive([early])
    visit = await the_visit(stage)
    assert (visit["state"], visit["result_level"], visit["process_level"]) == ("ANSWERED", 4, None)
    assert await stage.count("audit_entry", "action = 'visit.answered'") == 1
    assert await stage.said(VisitAnswered) == []


@pytest.mark.parametrize("asks", [True, False], ids=["T32", "X34"])
async def test_what_intake_heard_is_recorded_as_it_was_meant(stage: Stage, asks: bool) -> None:
    """The reason stays in intake; whether the owner asks for more is said."""
    await stage.hear(submitted())
    await stage.hear(feedback())
    told = {"solved": Solved.NO, "level": 1, "asks_to_reopen": asks}
    await stage.hear(ComplaintConfirmed(complaint=a_complaint(version=4), **told))
    visit = await the_visit(stage)
    assert (visit["solved"], visit["asks_to_reopen"]) == ("NO", asks)


async def test_a_late_confirmation_answers_the_feedback_of_its_day(stage: Stage) -> None:
    """X37: the second feedback was given before it arrived, and is still to be answered."""
    await stage.hear(submitted())
    await stage.hear(feedback())
    told_at = stage.clock.now()
    stage.clock.advance(timedelta(hours=2))
    await stage.hear(feedback(version=9, feedback_at=stage.clock.now()))
    told = {"solved": Solved.NO, "level": 1, "asks_to_reopen": True}
    await stage.hear(ComplaintConfirmed(complaint=a_complaint(version=4), **told), at=told_at)
    async with stage.client(owner()) as client:
        newest, former = (await client.get("/visits")).json()["items"]
    assert (newest["state"], newest["result_level"]) == ("OPEN", None)
    assert (former["state"], former["result_level"]) == ("ANSWERED", 1)


async def test_a_bad_answer_counts_though_the_reopening_is_heard_first(stage: Stage) -> None:
    """U23, X34, X37: it is the answer that reopened the case; else only the good ones counted."""
    await stage.hear(submitted())
    await stage.hear(feedback())
    told_at = stage.clock.now()
    stage.clock.advance(timedelta(minutes=1))
    reopened = CaseReopened(case=in_feedback(version=8, state=CaseStatus.HANDLING))
    await stage.hear(reopened)
    assert (await the_visit(stage))["state"] == "CANCELLED"
    told = {"solved": Solved.NO, "level": 1, "asks_to_reopen": True}
    await stage.hear(ComplaintConfirmed(complaint=a_complaint(version=4), **told), at=told_at)
    visit = await the_visit(stage)
    assert (visit["state"], visit["result_level"]) == ("ANSWERED", 1)


async def test_a_closing_of_the_past_ends_no_new_calls(stage: Stage) -> None:
    """X37: closed, reopened, fed back again; the closing is heard last."""
    await stage.hear(submitted())
    closed_at = stage.clock.now()
    stage.clock.advance(timedelta(hours=2))
    await stage.hear(feedback(version=10, feedback_at=stage.clock.now()))
    stage.clock.advance(timedelta(days=5))
    await stage.sweep()
    closed = CaseClosed(case=in_feedback(version=8, state=CaseStatus.CLOSED))
    await stage.hear(closed, at=closed_at)
    assert (await the_visit(stage))["state"] == "CALLING"


async def test_nobody_answers(stage: Stage) -> None:
    """X33: CK-12, then CK-14, then UNANSWERED, which satisfies nobody and cannot be answered."""
    await stage.hear(submitted())
    await stage.hear(feedback())
    stage.clock.move_to(START.replace(day=6, hour=0))
    await stage.sweep()
    assert (await the_visit(stage))["state"] == "OPEN", "24:00 of the third day is in time"
    stage.clock.advance(timedelta(seconds=1))
    await stage.sweep()
    assert (await the_visit(stage))["state"] == "CALLING"
    stage.clock.move_to(START.replace(day=10))
    await stage.sweep()
    await stage.sweep()
    visit = await the_visit(stage)
    assert visit["state"] == "UNANSWERED"
    async with stage.client(owner()) as client:
        late = await client.post(f"/visits/{visit['id']}/answer", json=GOOD, headers=once())
    assert (late.status_code, late.json()["code"]) == (409, "VISIT_ENDED")
    assert len(await stage.said(VisitUnanswered)) == 1
    assert await stage.said(VisitAnswered) == []


async def test_the_sweeper_waits_for_nobody(stage: Stage) -> None:
    """Whoever answers holds the visit and wants its clocks: the sweeper comes again later."""
    await stage.hear(submitted())
    await stage.hear(feedback())
    stage.clock.move_to(START.replace(day=7))
    async with stage.host.runtime.database.transaction() as session:
        await session.execute(text("SELECT 1 FROM visit FOR UPDATE"))
        await stage.sweep()
        await session.execute(text("UPDATE clock SET warned = warned"))
    assert (await the_visit(stage))["state"] == "OPEN"
    await stage.sweep()
    assert (await the_visit(stage))["state"] == "CALLING"


async def test_a_closed_case_stops_the_calls_but_not_the_three_days(stage: Stage) -> None:
    """X09: one household's confirmation closes the case; the other may still rate until CK-12."""
    await stage.hear(submitted(), submitted(id=NEIGHBOURS, owner_id=NEIGHBOUR))
    await stage.hear(feedback(complaint_ids=(COMPLAINT, NEIGHBOURS)))
    await stage.hear(CaseClosed(case=in_feedback(version=8, state=CaseStatus.CLOSED)))
    visit = await the_visit(stage)
    async with stage.client(owner()) as client:
        assert (
            await client.post(f"/visits/{visit['id']}/answer", json=GOOD, headers=once())
        ).status_code == 200
    stage.clock.move_to(START.replace(day=7))
    await stage.sweep()
    assert (await the_visit(stage, NEIGHBOUR))["state"] == "UNANSWERED"


async def test_closing_ends_the_calling(stage: Stage) -> None:
    await stage.hear(submitted())
    await stage.hear(feedback())
    stage.clock.move_to(START.replace(day=7))
    await stage.sweep()
    await stage.hear(CaseClosed(case=in_feedback(version=8, state=CaseStatus.CLOSED)))
    assert (await the_visit(stage))["state"] == "UNANSWERED"


async def test_a_reopened_case_asks_anew(stage: Stage) -> None:
    """T32, X37: the first question is withdrawn, the next feedback asks again, in any order."""
    await stage.hear(submitted())
    await stage.hear(feedback())
    stage.clock.advance(timedelta(hours=1))
    reopened = CaseReopened(case=in_feedback(version=8, state=CaseStatus.HANDLING))
    reopened_at = stage.clock.now()
    stage.clock.advance(timedelta(hours=1))
    await stage.hear(feedback(version=9, feedback_at=stage.clock.now()))
    await stage.hear(reopened, at=reopened_at)
    async with stage.client(owner()) as client:
        items = (await client.get("/visits")).json()["items"]
    assert [item["state"] for item in items] == ["OPEN", "CANCELLED"]


async def test_a_feedback_that_was_overtaken_asks_nobody(stage: Stage) -> None:
    """X37: reopened before the feedback arrived here."""
    await stage.hear(submitted())
    await stage.hear(CaseReopened(case=in_feedback(version=8, state=CaseStatus.HANDLING)))
    await stage.hear(feedback())
    assert await stage.count("visit") == 0
    await stage.hear(feedback(id=named("another case"), number="XN421202-20260302-00018"))
    assert await stage.count("visit") == 1


async def test_the_list_turns_pages(stage: Stage) -> None:
    await stage.hear(submitted())
    for number in range(3):
        await stage.hear(
            feedback(id=named(f"case {number}"), feedback_at=START.replace(minute=number))
        )
    async with stage.client(owner()) as client:
        first = (await client.get("/visits", params={"limit": 2})).json()
        rest = (await client.get("/visits", params={"limit": 2, "cursor": first["next"]})).json()
        wrong = await client.get("/visits", params={"cursor": "WyJubyJd"})
    assert len(first["items"]) == 2
    assert (len(rest["items"]), rest["next"]) == (1, None)
    assert (wrong.status_code, wrong.json()["code"]) == (422, "CURSOR_INVALID")
    assert CASE not in {item["case_id"] for item in first["items"] + rest["items"]}
