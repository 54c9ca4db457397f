"""The reporter's answer to the feedback (T31, T32, T33, X15, X34)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from shared.contracts import routing
from shared.contracts.intake import FeedbackConfirmed
from shared.contracts.survey import VisitAnswered, VisitState
from shared.contracts.vocabulary import CaseStatus, Solved
from shared.ids import new_id
from shared.privacy import Sealed
from shared.rulebook import ClockKind
from tests.intake.people import ANNA, complaint, once, owner
from tests.samples import CASE, NINE, a_case, a_clock
from tests.stage import Stage

GOOD = {"solved": "YES", "level": 5}


async def filed(stage: Stage, **changes: Any) -> UUID:
    async with stage.client(owner(ANNA)) as anna:
        answer = await anna.post("/complaints", json=complaint(**changes), headers=once())
    return UUID(answer.json()["id"])


async def given_feedback(stage: Stage, complaint_id: UUID, **changes: Any) -> None:
    state = {"state": CaseStatus.FEEDBACK, "feedback_at": NINE} | changes
    case = a_case(complaint_ids=(complaint_id,), **state)
    await stage.hear(routing.CaseFeedbackGiven(case=case, reply=reply(stage, case.id)))


def reply(stage: Stage, case_id: UUID) -> Sealed:
    return stage.host.runtime.sealer.seal(
        "灯已换新。", audience="intake", subject=f"{case_id}/reply"
    )


async def answer(
    stage: Stage, complaint_id: UUID, body: dict[str, Any], key: dict[str, str] | None = None
) -> httpx.Response:
    async with stage.client(owner(ANNA)) as anna:
        path = f"/complaints/{complaint_id}/confirmation"
        return await anna.post(path, json=body, headers=key or once())


async def test_an_answer_is_stored_said_and_shown(stage: Stage) -> None:
    """T31: survey and routing hear how satisfied the reporter is, and nobody hears why."""
    complaint_id = await filed(stage)
    await given_feedback(stage, complaint_id)
    told = await answer(stage, complaint_id, {"solved": "NO", "level": 2, "reason": "灯还是不亮"})
    assert (told.status_code, told.json()["level"]) == (201, 2)
    (said,) = await stage.said(FeedbackConfirmed)
    assert (said.solved, said.level, said.complaint.id) == (Solved.NO, 2, complaint_id)
    assert said.feedback_at == NINE
    assert "灯还是不亮" not in said.model_dump_json()
    async with stage.client(owner(ANNA)) as anna:
        entries = (await anna.get(f"/complaints/{complaint_id}/timeline")).json()["items"]
    assert entries[-1]["title"] == "您已评价"
    assert await stage.count("audit_entry", "action = 'complaint.confirmed'") == 1
    assert await stage.count("confirmation", "reason IS NOT NULL AND reason NOT LIKE '%灯%'") == 1


async def test_a_feedback_is_answered_once(stage: Stage) -> None:
    complaint_id, key = await filed(stage), once()
    await given_feedback(stage, complaint_id)
    first = await answer(stage, complaint_id, GOOD, key)
    replay = await answer(stage, complaint_id, GOOD, key)
    again = await answer(stage, complaint_id, GOOD)
    assert first.content == replay.content
    assert (again.status_code, again.json()["code"]) == (409, "ALREADY_CONFIRMED")
    assert len(await stage.said(FeedbackConfirmed)) == 1


async def test_whoever_answered_the_return_visit_is_not_asked_here(stage: Stage) -> None:
    """Facts 2.5: one rating for one feedback, through whichever door; the next has its own."""
    complaint_id = await filed(stage)
    await given_feedback(stage, complaint_id)
    assert await waiting_for_anna(stage) == 1
    await stage.hear(VisitAnswered(visit=visit_of(complaint_id)))
    assert await waiting_for_anna(stage) == 0
    refused = await answer(stage, complaint_id, GOOD)
    assert (refused.status_code, refused.json()["code"]) == (409, "ALREADY_CONFIRMED")
    assert await stage.said(FeedbackConfirmed) == []
    again = NINE + timedelta(hours=2)
    await given_feedback(stage, complaint_id, version=5, feedback_at=again)
    assert await waiting_for_anna(stage) == 1
    assert (await answer(stage, complaint_id, GOOD)).status_code == 201


async def test_the_answer_of_another_visit_hinders_nobody(stage: Stage) -> None:
    """X09: each of a merged case rates for themselves."""
    complaint_id, other = await filed(stage), await filed(stage)
    await given_feedback(stage, complaint_id)
    await stage.hear(VisitAnswered(visit=visit_of(other)))
    assert (await answer(stage, complaint_id, GOOD)).status_code == 201


async def waiting_for_anna(stage: Stage) -> int:
    async with stage.client(owner(ANNA)) as anna:
        found = await anna.get("/complaints", params={"needs_me": True})
    return len(found.json()["items"])


def visit_of(complaint_id: UUID, **changes: Any) -> VisitState:
    """Answered in survey, perhaps on the telephone."""
    state = {
        "id": new_id(),
        "version": 2,
        "case_id": CASE,
        "complaint_id": complaint_id,
        "owner_id": ANNA.id,
        "state": "ANSWERED",
        "opened_at": NINE,
        "answered_at": NINE + timedelta(hours=1),
        "solved": Solved.YES,
        "result_level": 4,
    }
    return VisitState.model_validate(state | changes)


async def test_a_reopened_case_asks_again(stage: Stage) -> None:
    """T32: the next feedback has an answer of its own."""
    complaint_id = await filed(stage)
    await given_feedback(stage, complaint_id)
    unhappy = {"solved": "NO", "level": 1, "reason": "灯还是不亮"}
    assert (await answer(stage, complaint_id, unhappy)).status_code == 201
    case = a_case(complaint_ids=(complaint_id,), version=4, state=CaseStatus.HANDLING)
    await stage.hear(routing.CaseReopened(case=case))
    early = await answer(stage, complaint_id, GOOD)
    assert (early.status_code, early.json()["code"]) == (409, "FEEDBACK_NOT_GIVEN")
    await given_feedback(stage, complaint_id, version=5, feedback_at=NINE + timedelta(hours=2))
    assert (await answer(stage, complaint_id, GOOD)).status_code == 201


@pytest.mark.parametrize(
    ("body", "asks"),
    [
        pytest.param({"solved": "YES", "level": 2}, False, id="X34-level"),
        pytest.param({"solved": "NO", "level": 5}, False, id="X34-unsolved"),
        pytest.param({"solved": "NO", "level": 1, "reason": "  "}, False, id="X34-blank"),
        pytest.param({"solved": "YES", "level": 2, "reason": "灯还是不亮"}, True, id="T32-level"),
        pytest.param({"solved": "NO", "level": 5, "reason": "灯还是不亮"}, True, id="T32-unsolved"),
        pytest.param({"solved": "YES", "level": 3, "reason": "尚可"}, False, id="T31"),
    ],
)
async def test_a_bad_answer_asks_for_more_when_it_says_why(
    stage: Stage, body: dict[str, Any], asks: bool
) -> None:
    """T32, X34: without a reason it is taken and counted, and asks for nothing."""
    complaint_id = await filed(stage)
    await given_feedback(stage, complaint_id)
    assert (await answer(stage, complaint_id, body)).status_code == 201
    (said,) = await stage.said(FeedbackConfirmed)
    assert (said.asks_to_reopen, said.level) == (asks, body["level"])


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"solved": "YES", "level": 0}, id="level-0"),
        pytest.param({"solved": "YES", "level": 6}, id="level-6"),
        pytest.param({"solved": "MAYBE", "level": 3}, id="word"),
    ],
)
async def test_an_answer_outside_the_scale_is_none(stage: Stage, body: dict[str, Any]) -> None:
    complaint_id = await filed(stage)
    await given_feedback(stage, complaint_id)
    refused = await answer(stage, complaint_id, body)
    assert (refused.status_code, refused.json()["code"]) == (422, "INVALID_FIELDS")
    assert await stage.said(FeedbackConfirmed) == []
    assert (await answer(stage, complaint_id, GOOD)).status_code == 201


async def test_there_is_nothing_to_answer_before_the_feedback(stage: Stage) -> None:
    complaint_id = await filed(stage)
    early = await answer(stage, complaint_id, GOOD)
    assert (early.status_code, early.json()["code"]) == (409, "FEEDBACK_NOT_GIVEN")
    await stage.hear(routing.CaseDispatched(case=a_case(complaint_ids=(complaint_id,))))
    early = await answer(stage, complaint_id, GOOD)
    assert (early.status_code, early.json()["code"]) == (409, "FEEDBACK_NOT_GIVEN")


@pytest.mark.parametrize("told", [True, False], ids=["CK-15-told", "CK-15-counted"])
async def test_a_closed_case_may_be_answered_until_its_window_ends(
    stage: Stage, told: bool
) -> None:
    """T33, CK-15: to 24:00 of the fifteenth day, whether routing names the clock or not."""
    complaint_id = await filed(stage)
    clocks = (a_clock(ClockKind.REOPEN_WINDOW, hours=15 * 24 + 15),) if told else ()
    closed = {"state": CaseStatus.CLOSED, "closed_at": NINE, "clocks": clocks}
    await given_feedback(stage, complaint_id, **closed)
    stage.clock.advance(timedelta(days=15, hours=15, seconds=1))
    late = await answer(stage, complaint_id, GOOD)
    assert (late.status_code, late.json()["code"]) == (409, "ANSWER_TOO_LATE")

    other = await filed(stage)
    now = stage.clock.now()
    await stage.hear(
        routing.CaseClosed(
            case=a_case(
                id=other,
                complaint_ids=(other,),
                state=CaseStatus.CLOSED,
                feedback_at=now,
                closed_at=now,
                clocks=(),
            )
        )
    )
    assert (await answer(stage, other, GOOD)).status_code == 201


async def test_an_anonymous_complaint_has_no_rating(stage: Stage) -> None:
    """X15."""
    complaint_id = await filed(stage, anonymous=True)
    await given_feedback(stage, complaint_id)
    refused = await answer(stage, complaint_id, GOOD)
    assert (refused.status_code, refused.json()["code"]) == (409, "ANONYMOUS_CANNOT_RATE")
