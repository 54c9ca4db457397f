"""CK-14: who did not answer is called, by one person at a time, on record (X33)."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from services.survey.visits.queries import IN_TURN
from shared.contracts.survey import VisitAnswered, VisitCallingBegan, VisitUnanswered
from tests.samples import NEIGHBOUR, OWNER, owner
from tests.stage import Stage
from tests.survey.calling import (
    BAD,
    CALLER,
    CENTRE,
    DAY,
    GOOD,
    LEADER,
    NUMBER,
    attempt,
    call,
    called,
    called_in_vain,
    listed,
    number_told,
    silent_visit,
    tell_number,
    visit_to_call,
)
from tests.survey.test_visits import NEIGHBOURS, feedback, once, submitted, the_visit
from tests.waiting import until

ENDING = text("UPDATE visit SET state = 'UNANSWERED' WHERE id = :id RETURNING case_id")


async def waits_for_a_lock(stage: Stage) -> bool:
    return bool(await stage.count("pg_locks", "NOT granted"))


async def test_whoever_lets_ck_12_pass_is_to_be_called(stage: Stage) -> None:
    """CK-12, CK-14: one call to make, its number masked, until the end of CK-14."""
    await visit_to_call(stage)
    (shown,) = await listed(stage)
    assert (shown["masked_number"], shown["attempts"]) == ("139****0006", 0)
    assert shown["call_until"] == "2026-03-10T00:00:00+08:00"
    assert (shown["claimed"], shown["state"]) == ("NOBODY", "CALLING")
    assert len(await stage.said(VisitCallingBegan)) == 1


async def test_a_call_has_one_caller(stage: Stage) -> None:
    """CK-14: whoever claims first calls; the other may once the claim is over or given back."""
    visit_id = await visit_to_call(stage)
    first, second = await asyncio.gather(
        call(stage, visit_id, "claim", CALLER), call(stage, visit_id, "claim", LEADER)
    )
    assert sorted((first.status_code, second.status_code)) == [200, 409]
    mine, other = (CALLER, LEADER) if first.status_code == 200 else (LEADER, CALLER)
    refused = await call(stage, visit_id, "number", other)
    assert (refused.status_code, refused.json()["code"]) == (409, "CALL_CLAIMED")
    assert [each["claimed"] for each in await listed(stage, other)] == ["SOMEBODY"]
    assert [each["claimed"] for each in await listed(stage, mine)] == ["ME"]
    assert (await call(stage, visit_id, "claim", mine, "DELETE")).status_code == 200
    assert (await call(stage, visit_id, "claim", other)).status_code == 200
    stage.clock.advance(timedelta(minutes=60))
    late = await call(stage, visit_id, "number", other)
    assert (late.status_code, late.json()["code"]) == (409, "CALL_NOT_CLAIMED")
    assert (await call(stage, visit_id, "claim", mine)).status_code == 200


async def test_the_number_is_looked_at_on_record(stage: Stage) -> None:
    """P23: masked in lists, whole only for the claimant, and each look is in the audit log."""
    visit_id = await visit_to_call(stage)
    bare = await call(stage, visit_id, "number")
    assert (bare.status_code, bare.json()["code"]) == (409, "CALL_NOT_CLAIMED")
    await call(stage, visit_id, "claim")
    shown = await call(stage, visit_id, "number")
    assert (shown.status_code, shown.json()) == (200, {"number": NUMBER})
    looked = f"action = 'visit.number_read' AND actor_id = '{CALLER.id}'"
    assert await stage.count("audit_entry", looked) == 1
    for table, column in (("outbox", "body"), ("audit_entry", "details::text")):
        assert await stage.count(table, f"{column} LIKE '%{NUMBER}%'") == 0
    assert await stage.count("visit_call", f"number LIKE '%{NUMBER}%'") == 0


@pytest.mark.parametrize(("hour", "allowed"), [(8, False), (9, True), (19, True), (20, False)])
async def test_nobody_is_called_in_quiet_hours(stage: Stage, hour: int, allowed: bool) -> None:
    visit_id = await visit_to_call(stage)
    stage.clock.move_to(stage.clock.now().replace(day=7, hour=hour))
    await call(stage, visit_id, "claim")
    shown = await call(stage, visit_id, "number")
    if allowed:
        assert shown.status_code == 200
        return
    assert (shown.status_code, shown.json()["code"]) == (409, "CALL_QUIET_HOURS")
    assert (shown.json()["begins"], shown.json()["ends"]) == ("20:00:00", "09:00:00")


async def test_a_call_is_proven_by_the_look_at_its_number(stage: Stage) -> None:
    """No attempt without a claim, without the number, before it, in the future or at night."""
    visit_id = await visit_to_call(stage)
    unclaimed = await attempt(stage, visit_id, "NOT_REACHED")
    await call(stage, visit_id, "claim")
    blind = await attempt(stage, visit_id, "NOT_REACHED")
    await call(stage, visit_id, "number")
    now, hour = stage.clock.now(), timedelta(hours=1)
    stage.clock.advance(timedelta(minutes=20))
    early = await attempt(stage, visit_id, "NOT_REACHED", called_at=(now - hour).isoformat())
    future = await attempt(stage, visit_id, "NOT_REACHED", called_at=(now + hour).isoformat())
    codes = [each.json()["code"] for each in (unclaimed, blind, early, future)]
    impossible = ["CALL_TIME_IMPOSSIBLE"] * 2
    assert codes == ["CALL_NOT_CLAIMED", "NUMBER_NOT_READ", *impossible]
    assert await stage.count("call_attempt") == 0
    assert (await attempt(stage, visit_id, "NOT_REACHED")).status_code == 201


async def test_a_call_that_ran_into_the_night_is_not_taken(stage: Stage) -> None:
    visit_id = await visit_to_call(stage)
    stage.clock.move_to(stage.clock.now().replace(hour=19, minute=50))
    await call(stage, visit_id, "claim")
    await call(stage, visit_id, "number")
    stage.clock.advance(timedelta(minutes=10))
    late = await attempt(stage, visit_id, "NOT_REACHED")
    assert (late.status_code, late.json()["code"]) == (409, "CALL_QUIET_HOURS")


async def test_three_attempts_on_three_days_end_the_visit(stage: Stage) -> None:
    """X33: then it is UNANSWERED; the clock is met, for all that it asks was done."""
    visit_id = await visit_to_call(stage)
    await called_in_vain(stage, visit_id, days=2)
    assert (await the_visit(stage))["state"] == "CALLING"
    await called_in_vain(stage, visit_id, days=1)
    visit = await the_visit(stage)
    assert (visit["state"], visit["unanswered_because"]) == ("UNANSWERED", "ATTEMPTS")
    assert len(await stage.said(VisitUnanswered)) == 1
    assert await stage.said(VisitAnswered) == []
    assert await stage.count("clock", "kind = 'RETURN_VISIT' AND state = 'MET'") == 1
    assert await stage.count("visit_call", "number IS NOT NULL") == 0
    refused = await call(stage, visit_id, "claim")
    assert (refused.status_code, refused.json()["code"]) == (409, "VISIT_ENDED")
    assert (await listed(stage), len(await listed(stage, state="UNANSWERED"))) == ([], 1)


async def test_one_attempt_a_day(stage: Stage) -> None:
    """CK-14: a second call in vain on a day does not count; who calls back may answer."""
    visit_id = await visit_to_call(stage)
    await called(stage, visit_id, "NOT_REACHED")
    stage.clock.advance(timedelta(hours=2))
    again = await called(stage, visit_id, "NOT_REACHED")
    assert (again.status_code, again.json()["code"]) == (409, "CALLED_TODAY")
    answered = await attempt(stage, visit_id, "REACHED", answer=GOOD)
    assert (answered.status_code, answered.json()["state"]) == (201, "ANSWERED")


async def test_time_runs_out_before_three_attempts(stage: Stage) -> None:
    """X33, CK-14: also UNANSWERED, and figures tell it apart."""
    visit_id = await visit_to_call(stage)
    await called_in_vain(stage, visit_id, days=1)
    stage.clock.move_to(stage.clock.now().replace(day=10))
    await stage.sweep()
    visit = await the_visit(stage)
    assert (visit["state"], visit["unanswered_because"]) == ("UNANSWERED", "TIME")
    assert await stage.count("clock", "kind = 'RETURN_VISIT' AND breached_at IS NOT NULL") == 1
    late = await attempt(stage, visit_id, "REACHED", answer=GOOD)
    assert (late.status_code, late.json()["code"]) == (409, "VISIT_ENDED")


async def test_whoever_refuses_is_left_alone(stage: Stage) -> None:
    """Facts 2.5: rating is voluntary; no answer is no answer, never satisfied."""
    visit_id = await visit_to_call(stage)
    answer = await called(stage, visit_id, "REFUSED", seconds=12, note="不愿评价")
    assert (answer.status_code, answer.json()["unanswered_because"]) == (201, "REFUSED")
    assert await stage.said(VisitAnswered) == []
    assert len(await stage.said(VisitUnanswered)) == 1


async def test_a_wrong_number_is_called_once(stage: Stage) -> None:
    """The stranger is not called again; the owner may still answer until CK-14 ends."""
    visit_id = await visit_to_call(stage)
    await called(stage, visit_id, "WRONG_NUMBER")
    (shown,) = await listed(stage)
    assert (shown["masked_number"], shown["attempts"]) == (None, 1)
    refused = await call(stage, visit_id, "claim")
    assert (refused.status_code, refused.json()["code"]) == (409, "VISIT_NUMBER_UNKNOWN")
    await tell_number(stage, visit_id)
    assert await stage.count("visit_call", "number IS NOT NULL") == 0
    async with stage.client(owner()) as client:
        mine = await client.post(f"/visits/{visit_id}/answer", json=GOOD, headers=once())
    assert (mine.status_code, mine.json()["answered_through"]) == (200, "OWNER")


async def test_an_answer_is_noted_on_the_owners_behalf(stage: Stage) -> None:
    """T31: as if the owner had answered, with who called, when and how long as proof."""
    visit_id = await visit_to_call(stage)
    report: dict[str, Any] = {
        "seconds": 95,
        "recording": "录音 2026-0306-017",
        "note": "接电话的是业主本人",
    }
    answer = await called(stage, visit_id, "REACHED", answer=GOOD, **report)
    assert answer.status_code == 201, answer.text
    (told,) = await stage.said(VisitAnswered)
    assert (told.visit.result_level, told.visit.asks_to_reopen) == (4, False)
    assert (await the_visit(stage))["answered_through"] == "PHONE"
    assert await stage.count("visit", f"answered_by = '{CALLER.id}'") == 1
    async with stage.client(CENTRE) as client:
        (tried,) = (await client.get(f"/calls/{visit_id}")).json()["tried"]
    assert (tried["outcome"], tried["made_by"]) == ("REACHED", str(CALLER.id))
    assert {key: tried[key] for key in report} == report
    for said in (report["recording"], report["note"]):
        assert await stage.count("call_attempt", f"(recording || note) LIKE '%{said}%'") == 0
        for table, column in (("outbox", "body"), ("idempotency_key", "answer")):
            assert await stage.count(table, f"{column} LIKE '%{said}%'") == 0


async def test_a_bad_answer_by_telephone_reopens(stage: Stage) -> None:
    """T32: the same event as when the owner writes."""
    visit_id = await visit_to_call(stage)
    await called(stage, visit_id, "REACHED", answer=BAD)
    (told,) = await stage.said(VisitAnswered)
    assert told.visit.asks_to_reopen


@pytest.mark.parametrize(
    ("outcome", "answer"),
    [("REACHED", None), ("NOT_REACHED", GOOD), ("REFUSED", GOOD)],
)
async def test_an_answer_belongs_to_who_was_reached(
    stage: Stage, outcome: str, answer: dict[str, Any] | None
) -> None:
    visit_id = await visit_to_call(stage)
    refused = await called(stage, visit_id, outcome, answer=answer)
    assert (refused.status_code, refused.json()["code"]) == (422, "CALL_ANSWER_MISMATCH")


async def test_the_owner_is_faster_than_the_caller(stage: Stage) -> None:
    """One answer per visit, whoever holds the telephone."""
    visit_id = await visit_to_call(stage)
    await call(stage, visit_id, "claim")
    await call(stage, visit_id, "number")
    async with stage.client(owner()) as client:
        mine = await client.post(f"/visits/{visit_id}/answer", json=GOOD, headers=once())
    theirs = await attempt(stage, visit_id, "REACHED", answer=BAD)
    assert mine.status_code == 200
    assert (theirs.status_code, theirs.json()["code"]) == (409, "VISIT_ANSWERED")
    assert len(await stage.said(VisitAnswered)) == 1
    assert await stage.count("visit_call", "number IS NOT NULL") == 0


async def test_nobody_is_called_without_a_number(stage: Stage) -> None:
    visit_id = await silent_visit(stage)
    unknown = await call(stage, visit_id, "claim")
    await tell_number(stage, visit_id, None)
    none = await call(stage, visit_id, "claim")
    for refused in (unknown, none):
        assert (refused.status_code, refused.json()["code"]) == (409, "VISIT_NUMBER_UNKNOWN")


async def test_a_number_that_comes_too_late_is_not_kept(stage: Stage) -> None:
    """X37, facts 2.13."""
    visit_id = await silent_visit(stage)
    async with stage.client(owner()) as client:
        await client.post(f"/visits/{visit_id}/answer", json=GOOD, headers=once())
    await stage.hear_after_forgetting(number_told(stage, visit_id, NUMBER))
    assert await stage.count("visit_call", "number IS NOT NULL") == 0


async def test_one_households_refusal_waits_for_the_others(stage: Stage) -> None:
    """X09: silence closes a case, and with it the others' calls; so it is told with the last."""
    await stage.hear(submitted(), submitted(id=NEIGHBOURS, owner_id=NEIGHBOUR))
    await silent_households(stage)
    first, second = await _visits(stage)
    await called(stage, first, "REFUSED")
    assert await stage.said(VisitUnanswered) == []
    await called(stage, second, "REFUSED")
    told = {each.visit.owner_id for each in await stage.said(VisitUnanswered)}
    assert told == {OWNER, NEIGHBOUR}


async def test_two_households_that_end_at_once_are_both_told_of(stage: Stage) -> None:
    """X09: neither takes the other, which is ending right now, for still asked."""
    await stage.hear(submitted(), submitted(id=NEIGHBOURS, owner_id=NEIGHBOUR))
    await silent_households(stage)
    first, second = await _visits(stage)
    async with stage.host.runtime.database.transaction() as session:
        case = await session.execute(ENDING, {"id": first})
        await session.execute(IN_TURN, {"case_id": str(case.scalar_one())})
        refusal = asyncio.create_task(called(stage, second, "REFUSED"))
        await until(lambda: waits_for_a_lock(stage))
    assert (await refusal).status_code == 201
    assert len(await stage.said(VisitUnanswered)) == 2


async def test_silence_beside_an_answer_is_told_after_it(stage: Stage) -> None:
    await stage.hear(submitted(), submitted(id=NEIGHBOURS, owner_id=NEIGHBOUR))
    await silent_households(stage)
    first, second = await _visits(stage)
    await called(stage, first, "REFUSED")
    await called(stage, second, "REACHED", answer=GOOD)
    async with stage.host.runtime.database.transaction() as session:
        rows = await session.execute(text("SELECT type FROM outbox ORDER BY position DESC LIMIT 2"))
    assert [row.type for row in rows] == ["survey.visit_unanswered", "survey.visit_answered"]


async def silent_households(stage: Stage) -> None:
    await stage.hear(feedback(complaint_ids=(submitted().complaint.id, NEIGHBOURS)))
    stage.clock.advance(4 * DAY + timedelta(hours=1))
    await stage.sweep()
    for began in await stage.said(VisitCallingBegan):
        await tell_number(stage, began.visit.id)


async def _visits(stage: Stage) -> list[UUID]:
    return [UUID(each["visit_id"]) for each in await listed(stage)]
