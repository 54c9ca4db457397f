"""Everybody whose complaint was merged is asked and rates for themselves (T07, X09, X10, W5)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from shared.contracts import routing
from shared.contracts.survey import VisitAnswered, VisitOpened
from shared.contracts.vocabulary import CaseStatus
from tests.samples import CASE, a_case, named, owner
from tests.stage import START, Stage
from tests.survey.test_visits import GOOD, feedback, in_feedback, once, submitted

HOUSEHOLDS = range(1, 11)


def complaint(number: int) -> UUID:
    return named(f"complaint {number}")


def person(number: int) -> UUID:
    return named(f"owner {number}")


async def test_w5_ten_households_rate_one_case(stage: Stage) -> None:
    """W5, X09: all merged, 10 visits and 10 ratings of 1 case, also after the first closed it."""
    await _all_filed(stage)
    together = tuple(map(complaint, HOUSEHOLDS))
    joined = routing.ComplaintsJoined(
        case=a_case(version=6, complaint_ids=together), joined=together[1:]
    )
    await stage.hear(_ended(2, together[1]), joined)
    await stage.hear(feedback(complaint_ids=together))
    assert len(await stage.said(VisitOpened)) == 10
    for number in HOUSEHOLDS:
        await _rate(stage, number)
        closed = {"version": 8, "state": CaseStatus.CLOSED, "closed_at": START}
        await stage.hear(routing.CaseClosed(case=in_feedback(complaint_ids=together, **closed)))
    answered = await stage.said(VisitAnswered)
    assert {each.visit.owner_id for each in answered} == set(map(person, HOUSEHOLDS))
    assert {each.visit.case_id for each in answered} == {CASE}


async def test_who_was_taken_out_is_asked_about_the_own_case(stage: Stage) -> None:
    """X10: the feedback of the case it came out of does not ask it."""
    await _all_filed(stage, until=2)
    own = a_case(id=named("own case"), version=1, complaint_ids=(complaint(2),))
    unmerged = routing.ComplaintUnmerged(case=own, complaint_id=complaint(2), from_case_id=CASE)
    await stage.hear(unmerged)
    await stage.hear(feedback(complaint_ids=(complaint(1),)))
    (opened,) = await stage.said(VisitOpened)
    assert opened.visit.complaint_id == complaint(1)
    await stage.hear(feedback(id=own.id, complaint_ids=(complaint(2),)))
    asked = {each.visit.complaint_id: each.visit.case_id for each in await stage.said(VisitOpened)}
    assert asked == {complaint(1): CASE, complaint(2): own.id}


async def _all_filed(stage: Stage, until: int = 10) -> None:
    events = [
        submitted(id=complaint(number), owner_id=person(number))
        for number in HOUSEHOLDS
        if number <= until
    ]
    await stage.hear(*events)


def _ended(number: int, moved: UUID) -> routing.CaseMerged:
    """The case that the household had before it joined the first one."""
    state: dict[str, Any] = {"version": 4, "state": CaseStatus.CANCELLED, "complaint_ids": ()}
    return routing.CaseMerged(
        case=a_case(id=named(f"case {number}"), **state),
        into_case_id=CASE,
        into_case_number="XN-1",
        moved=(moved,),
    )


async def _rate(stage: Stage, number: int) -> None:
    async with stage.client(owner(person(number))) as client:
        (visit,) = (await client.get("/visits")).json()["items"]
        path = f"/visits/{visit['id']}/answer"
        answer = await client.post(path, json=GOOD, headers=once())
    assert answer.status_code == 200, answer.text
