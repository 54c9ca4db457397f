"""T08, T45: reporters withdraw and urge (X14, X15, X17)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from shared.clock import BEIJING
from shared.contracts import routing
from shared.contracts.intake import ComplaintUrged, ComplaintWithdrawn
from shared.contracts.vocabulary import CaseStatus, ComplaintStatus
from tests.intake.people import ANNA, BORIS, once, owner
from tests.intake.test_following import case_of, filed, shown
from tests.stage import Stage


async def post(stage: Stage, complaint_id: UUID, what: str, person: Any = ANNA) -> tuple[int, Any]:
    async with stage.client(owner(person)) as client:
        answer = await client.post(f"/complaints/{complaint_id}/{what}", headers=once())
    return answer.status_code, answer.json()


async def handled(stage: Stage, state: CaseStatus = CaseStatus.HANDLING, **changes: Any) -> UUID:
    """A complaint with a case in that state."""
    complaint_id = await filed(stage, **changes)
    await stage.hear(routing.CaseDispatched(case=case_of(complaint_id, version=4, state=state)))
    return complaint_id


def move_to(stage: Stage, moment: str) -> None:
    stage.clock.move_to(datetime.fromisoformat(moment).replace(tzinfo=BEIJING))


async def test_a_complaint_is_withdrawn_before_and_after_acceptance(stage: Stage) -> None:
    """T08, X14: WITHDRAWN whatever becomes of the case; said once."""
    waiting, accepted = await filed(stage), await handled(stage)
    for complaint_id in (waiting, accepted):
        status, answer = await post(stage, complaint_id, "withdrawal")
        assert (status, answer["state"], answer["state_name"]) == (200, "WITHDRAWN", "已撤回")
        again = await post(stage, complaint_id, "withdrawal")
        assert (again[0], again[1]["code"]) == (409, "COMPLAINT_STATE_FORBIDS")
    said = await stage.said(ComplaintWithdrawn)
    assert [each.complaint.id for each in said] == [waiting, accepted]
    assert {each.complaint.state for each in said} == {ComplaintStatus.WITHDRAWN}
    _, entries = await shown(stage, accepted)
    (line,) = [entry for entry in entries if entry["title"] == "已撤回"]
    assert "依职权继续处理" in line["text"]


@pytest.mark.parametrize("state", [CaseStatus.FEEDBACK, CaseStatus.CLOSED])
async def test_after_the_feedback_it_is_too_late(stage: Stage, state: CaseStatus) -> None:
    """T08: before FEEDBACK."""
    complaint_id = await handled(stage, state)
    status, answer = await post(stage, complaint_id, "withdrawal")
    assert (status, answer["code"]) == (409, "WITHDRAWAL_TOO_LATE")
    assert await stage.said(ComplaintWithdrawn) == []


async def test_what_was_withdrawn_stays_so(stage: Stage) -> None:
    """X37: a case or a refusal that crossed it changes nothing; nobody is asked to rate."""
    complaint_id = await filed(stage)
    await post(stage, complaint_id, "withdrawal")
    await stage.hear(routing.CaseCreated(case=case_of(complaint_id, version=1)))
    late = await handled(stage)
    await post(stage, late, "withdrawal")
    feedback = case_of(late, version=7, state=CaseStatus.FEEDBACK, feedback_at=stage.clock.now())
    await stage.hear(routing.CaseDispatched(case=feedback))
    for each in (complaint_id, late):
        assert (await shown(stage, each))[0]["state"] == "WITHDRAWN"
    async with stage.client(owner(ANNA)) as anna:
        answer = {"solved": "YES", "level": 5}
        path = f"/complaints/{late}/confirmation"
        rated = await anna.post(path, json=answer, headers=once())
    assert (rated.status_code, rated.json()["code"]) == (409, "FEEDBACK_NOT_GIVEN")


async def test_only_the_reporter_withdraws_and_urges(stage: Stage) -> None:
    """Not visible is 404."""
    complaint_id = await handled(stage)
    for what in ("withdrawal", "urge"):
        status, answer = await post(stage, complaint_id, what, BORIS)
        assert (status, answer["code"]) == (404, "COMPLAINT_NOT_FOUND")


async def test_once_in_twenty_four_hours(stage: Stage) -> None:
    """X17: 03-04 09:00 ok, 03-04 20:00 → 429; 03-05 09:00 ok, the third on 03-06."""
    complaint_id = await handled(stage)
    move_to(stage, "2026-03-04 09:00")
    status, answer = await post(stage, complaint_id, "urge")
    assert (status, answer["times"]) == (201, 1)
    assert answer["again_from"] == "2026-03-05T09:00:00+08:00"
    move_to(stage, "2026-03-04 20:00")
    status, answer = await post(stage, complaint_id, "urge")
    assert (status, answer["code"]) == (429, "URGED_TOO_SOON")
    assert answer["again_from"] == "2026-03-05T09:00:00+08:00"
    move_to(stage, "2026-03-05 08:59:59")
    assert (await post(stage, complaint_id, "urge"))[0] == 429
    for day in (5, 6):
        move_to(stage, f"2026-03-0{day} 09:00")
        assert (await post(stage, complaint_id, "urge"))[0] == 201
    assert [each.times for each in await stage.said(ComplaintUrged)] == [1, 2, 3]
    found, entries = await shown(stage, complaint_id)
    assert found["urges"] == 3
    assert [entry["title"] for entry in entries].count("您已催办") == 3


@pytest.mark.parametrize("state", [CaseStatus.FEEDBACK, CaseStatus.CLOSED, CaseStatus.CANCELLED])
async def test_where_nobody_works_nobody_is_urged(stage: Stage, state: CaseStatus) -> None:
    """T45: any active case."""
    for complaint_id in (await filed(stage), await handled(stage, state)):
        status, answer = await post(stage, complaint_id, "urge")
        assert (status, answer["code"]) == (409, "NOTHING_TO_URGE")


async def test_of_an_anonymous_reporter_the_account_is_not_named(stage: Stage) -> None:
    """X15: withdrawn and urged like any other; neither event nor audit leads to the person."""
    complaint_id = await handled(stage, anonymous=True)
    assert (await post(stage, complaint_id, "urge"))[0] == 201
    assert (await post(stage, complaint_id, "withdrawal"))[0] == 200
    for table, column in (("outbox", "body"), ("audit_entry", "actor_id::text")):
        named = f"{column} LIKE '%{ANNA.id}%'"
        about = f"{column} IS NOT NULL AND {named}"
        assert await stage.count(table, f"{about} AND {_since(table)}") == 0


def _since(table: str) -> str:
    """What these two deeds left behind."""
    if table == "outbox":
        return "type IN ('intake.complaint_urged', 'intake.complaint_withdrawn')"
    return "action IN ('complaint.urged', 'complaint.withdrawn')"
