"""X37: what was said, or kept silent, about one feedback does nothing to the next one."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from shared.contracts.event import Event
from shared.contracts.intake import ComplaintSubmitted, FeedbackConfirmed
from shared.contracts.survey import VisitAnswered, VisitState, VisitUnanswered
from shared.contracts.vocabulary import Solved
from shared.ids import new_id
from tests.routing.drama import Drama, owner, staff

WORKER = staff("wangge.wenquan2")
LEADER = staff("wanggezhang.wenquan")
GOOD = {"solved": Solved.YES, "result_level": 5, "process_level": 5}
BAD = {"solved": Solved.NO, "result_level": 1, "process_level": 1, "asks_to_reopen": True}


def silence(event: ComplaintSubmitted, case_id: UUID, at: datetime) -> Event:
    return VisitUnanswered(visit=_visit(event, case_id, at, state="UNANSWERED"))


def answered(event: ComplaintSubmitted, case_id: UUID, at: datetime) -> Event:
    return VisitAnswered(visit=_visit(event, case_id, at, state="ANSWERED", **GOOD))


def unhappy(event: ComplaintSubmitted, case_id: UUID, at: datetime) -> Event:
    return VisitAnswered(visit=_visit(event, case_id, at, state="ANSWERED", **BAD))


def confirmed(event: ComplaintSubmitted, case_id: UUID, at: datetime) -> Event:
    complaint = event.complaint.model_copy(update={"case_id": case_id})
    return FeedbackConfirmed(complaint=complaint, feedback_at=at, solved=Solved.YES, level=5)


@pytest.mark.parametrize("word", [silence, answered, unhappy, confirmed])
async def test_a_word_about_the_feedback_before_changes_nothing(drama: Drama, word: Any) -> None:
    event, case_id, former, newest = await _fed_back_twice(drama)
    version = (await drama.row(case_id))["version"]
    await drama.stage.hear(word(event, case_id, former))
    row = await drama.row(case_id)
    assert (row["state"], row["version"]) == ("FEEDBACK", version)
    await drama.stage.hear(word(event, case_id, newest))
    assert (await drama.row(case_id))["version"] > version, "about this one it counts"


async def test_an_old_complaint_does_not_bring_back_what_was_closed_since(drama: Drama) -> None:
    """T33: the owner is content with what came of it; a dispute has a way of its own."""
    event, case_id, former, newest = await _fed_back_twice(drama)
    await drama.stage.hear(confirmed(event, case_id, newest))
    closed = await drama.row(case_id)
    assert closed["state"] == "CLOSED"
    await drama.stage.hear(unhappy(event, case_id, former))
    assert (await drama.row(case_id))["version"] == closed["version"]


async def _fed_back_twice(
    drama: Drama,
) -> tuple[ComplaintSubmitted, UUID, datetime, datetime]:
    event = drama.submission()
    await drama.stage.hear(event)
    case_id = await drama.case_of(event.complaint.id)
    await drama.act(WORKER, case_id, "signature")
    former = await _feed_back(drama, case_id)
    await drama.stage.hear(unhappy(event, case_id, former))
    assert (await drama.row(case_id))["state"] == "HANDLING"
    await drama.pass_time(hours=1)
    return event, case_id, former, await _feed_back(drama, case_id)


async def _feed_back(drama: Drama, case_id: UUID) -> datetime:
    result = {"result_code": "SOLVED", "text": "已上门劝导"}
    await drama.act(WORKER, case_id, "result", result)
    await drama.act(LEADER, case_id, "review", {"decision": "APPROVE", "reply": "已解决"})
    given: datetime = (await drama.row(case_id))["feedback_at"]
    return given


def _visit(event: ComplaintSubmitted, case_id: UUID, at: datetime, **answer: Any) -> VisitState:
    return VisitState(
        id=new_id(),
        version=2,
        case_id=case_id,
        complaint_id=event.complaint.id,
        owner_id=owner().id,
        opened_at=at,
        **answer,
    )
