"""Answers through intake: which visit they fill, and what becomes of those that find none."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from shared.contracts.intake import ComplaintConfirmed, FeedbackConfirmed
from shared.contracts.routing import CaseReopened
from shared.contracts.survey import VisitAnswered
from shared.contracts.vocabulary import CaseStatus, ComplaintStatus, Solved
from tests.samples import CASE, COMPLAINT, NEIGHBOUR, a_complaint, owner
from tests.stage import START, Stage
from tests.survey.test_visits import (
    GOOD,
    NEIGHBOURS,
    feedback,
    in_feedback,
    once,
    submitted,
    the_visit,
)

LATER = START + timedelta(hours=2)


def confirmed(feedback_at: datetime = START, **answer: Any) -> FeedbackConfirmed:
    told = {"solved": Solved.NO, "level": 1, "asks_to_reopen": True} | answer
    complaint = a_complaint(version=4, case_id=CASE)
    return FeedbackConfirmed(complaint=complaint, feedback_at=feedback_at, **told)


async def parked(stage: Stage) -> int:
    return await stage.count("parked_message")


async def test_an_answer_that_overtook_its_feedback_waits_for_it(stage: Stage) -> None:
    """X37: it is no answer to the feedback before, which was withdrawn."""
    await stage.hear(submitted())
    await stage.hear(feedback())
    await stage.hear(CaseReopened(case=in_feedback(version=8, state=CaseStatus.HANDLING)))
    stage.clock.move_to(LATER)
    early = await stage.hear_early(confirmed(LATER))
    await stage.hear(feedback(version=9, feedback_at=LATER))
    await stage.host.consumer.receive([early])
    async with stage.client(owner()) as client:
        newest, former = (await client.get("/visits")).json()["items"]
    assert (newest["state"], newest["result_level"]) == ("ANSWERED", 1)
    assert (former["state"], former["result_level"]) == ("CANCELLED", None)


@pytest.mark.parametrize("behind", [False, True], ids=["on-time", "clock-behind"])
async def test_an_answer_says_itself_which_feedback_it_is_about(stage: Stage, behind: bool) -> None:
    """Clocks of two services differ: an answer may seem to be older than what it answers."""
    await stage.hear(submitted())
    await stage.hear(feedback())
    told_at = START - timedelta(seconds=3) if behind else LATER
    await stage.hear(confirmed(), at=told_at)
    assert (await the_visit(stage))["state"] == "ANSWERED"


async def test_the_first_version_answers_the_first_feedback_where_none_is_older(
    stage: Stage,
) -> None:
    await stage.hear(submitted())
    await stage.hear(feedback())
    await stage.hear(feedback(version=9, feedback_at=LATER))
    told = {"solved": Solved.YES, "level": 4}
    event = ComplaintConfirmed(complaint=a_complaint(version=4, case_id=CASE), **told)
    await stage.hear(event, at=START - timedelta(seconds=3))
    async with stage.client(owner()) as client:
        newest, former = (await client.get("/visits")).json()["items"]
    assert (newest["state"], former["state"]) == ("OPEN", "ANSWERED")


async def test_who_withdrew_before_the_feedback_was_heard_of_has_no_visit(stage: Stage) -> None:
    """X14: answered, then withdrawn, and both were heard of before the feedback."""
    await stage.hear(submitted())
    early = await stage.hear_early(confirmed())
    await stage.hear(submitted(version=9, state=ComplaintStatus.WITHDRAWN))
    await stage.hear(feedback())
    await stage.host.consumer.receive([early])
    assert (early.postponed, await stage.count("visit"), await parked(stage)) == ([], 0, 0)


async def test_who_joined_after_the_feedback_has_no_visit(stage: Stage) -> None:
    """T07, X09: the case was fed back to others; the answer is routing's and intake's alone."""
    await stage.hear(submitted(), submitted(id=NEIGHBOURS, owner_id=NEIGHBOUR))
    await stage.hear(feedback(complaint_ids=(NEIGHBOURS,)))
    await stage.hear(confirmed())
    first = ComplaintConfirmed(
        complaint=a_complaint(version=4, case_id=CASE), solved=Solved.YES, level=4
    )
    await stage.hear(first)
    assert await stage.count("visit", f"complaint_id = '{COMPLAINT}'") == 0
    assert await parked(stage) == 0


async def test_a_feedback_that_was_overtaken_keeps_no_answer_waiting(stage: Stage) -> None:
    """X37: it was this answer that reopened the case, before its feedback was heard of."""
    await stage.hear(submitted())
    await stage.hear(CaseReopened(case=in_feedback(version=8, state=CaseStatus.HANDLING)))
    early = await stage.hear_early(confirmed())
    await stage.hear(feedback())
    await stage.host.consumer.receive([early])
    assert (early.postponed, await stage.count("visit"), await parked(stage)) == ([], 0, 0)
    stage.clock.move_to(LATER)
    await stage.hear(feedback(version=9, feedback_at=LATER))
    assert (await the_visit(stage))["state"] == "OPEN", "the next feedback asks anew"


async def test_of_two_answers_that_crossed_the_visit_keeps_its_own(stage: Stage) -> None:
    """Facts 2.5: whichever reached the visit first is the one, and nothing waits for anything."""
    await stage.hear(submitted())
    await stage.hear(feedback())
    visit = await the_visit(stage)
    async with stage.client(owner()) as client:
        path = f"/visits/{visit['id']}/answer"
        assert (await client.post(path, json=GOOD, headers=once())).status_code == 200
    await stage.hear(confirmed())
    visit = await the_visit(stage)
    assert (visit["result_level"], visit["answered_through"]) == (5, "OWNER")
    assert len(await stage.said(VisitAnswered)) == 1
