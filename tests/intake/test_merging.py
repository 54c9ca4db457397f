"""What reporters see when cases become one, or a complaint a case again (T07, X08 to X10)."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest

from deploy.demo import world
from services.intake.complaints.domain.lifecycle import Action
from services.intake.complaints.domain.moving import concerned, is_due
from shared.contracts import routing
from shared.contracts.intake import ComplaintAccepted, FeedbackConfirmed
from shared.contracts.routing import CaseEvent, CaseState
from shared.contracts.vocabulary import CaseStatus, ComplaintStatus
from shared.ids import new_id
from shared.privacy import Sealed
from tests.intake.people import ANNA, BORIS, GARDEN, once, owner
from tests.intake.test_following import CLOCKS, case_of, filed, shown
from tests.samples import NINE, a_case
from tests.stage import Stage

GOOD = {"solved": "YES", "level": 5}


class Two:
    """Two complaints of two cases that become one."""

    def __init__(self, first: UUID, second: UUID) -> None:
        self.first, self.second = first, second
        self.target = case_of(first, version=1)
        self.source = case_of(second, version=1, id=new_id(), number="XN-2")

    @property
    def created(self) -> list[CaseEvent]:
        return [routing.CaseCreated(case=each) for each in (self.target, self.source)]

    @property
    def merged(self) -> CaseEvent:
        ended = self.source.model_copy(update={"version": 2, "state": CaseStatus.CANCELLED})
        return routing.CaseMerged(
            case=ended,
            into_case_id=self.target.id,
            into_case_number=self.target.number,
            moved=(self.second,),
        )

    def together(self, version: int, **changes: Any) -> CaseState:
        complaints = {"complaint_ids": (self.first, self.second), "version": version}
        return self.target.model_copy(update=complaints | changes)

    @property
    def joined(self) -> CaseEvent:
        return routing.ComplaintsJoined(case=self.together(2), joined=(self.second,))

    @property
    def unmerged(self) -> CaseEvent:
        own = case_of(self.second, version=1, id=new_id(), number="XN-3")
        return routing.ComplaintUnmerged(
            case=own, complaint_id=self.second, from_case_id=self.target.id
        )


async def two_filed(stage: Stage) -> Two:
    return Two(await filed(stage), await filed(stage))


async def test_a_merged_complaint_follows_the_case_that_goes_on(stage: Stage) -> None:
    """T07, X09: joined to case no.; both read what happens, each keeps the own receipt."""
    two = await two_filed(stage)
    await stage.hear(*two.created, two.merged, two.joined)
    signed = routing.CaseSigned(case=two.together(3), automatic=False)
    await stage.hear(signed)
    found, entries = await shown(stage, two.second)
    assert (found["state"], found["state_name"]) == ("MERGED", "已并案")
    assert found["case"]["number"] == two.target.number
    titles = [entry["title"] for entry in entries]
    assert titles[:3] == ["已提交", "已受理", "已并案"]
    assert two.target.number in entries[2]["text"]
    first, first_entries = await shown(stage, two.first)
    assert (first["state"], first["case"]["number"]) == ("ACCEPTED", two.target.number)
    assert "已并案" not in [entry["title"] for entry in first_entries]
    assert entries[-1]["title"] == first_entries[-1]["title"]


async def test_a_repetition_is_accepted_and_merged(stage: Stage) -> None:
    """X08: the second complaint never had a case; it gets its receipt all the same."""
    two = await two_filed(stage)
    await stage.hear(two.created[0], two.joined)
    found, entries = await shown(stage, two.second)
    assert (found["state"], found["case"]["number"]) == ("MERGED", two.target.number)
    assert [entry["title"] for entry in entries] == ["已提交", "已并案"]
    assert len(await stage.said(ComplaintAccepted)) == 2


async def test_each_of_the_merged_reads_the_feedback_and_rates(stage: Stage) -> None:
    """X09: two households → 2 feedback texts, 2 ratings, 1 case; also after the first closed it."""
    two = await two_filed(stage)
    await stage.hear(*two.created, two.merged, two.joined)
    facts = {"state": CaseStatus.FEEDBACK, "feedback_at": NINE}
    reply = stage.host.runtime.sealer.seal(
        "电梯已修好。", audience="intake", subject=f"{two.target.id}/reply"
    )
    await stage.hear(routing.CaseFeedbackGiven(case=two.together(4, **facts), reply=reply))
    for complaint_id in (two.first, two.second):
        _, entries = await shown(stage, complaint_id)
        assert any("电梯已修好" in entry["text"] for entry in entries)
        async with stage.client(owner(ANNA)) as client:
            path = f"/complaints/{complaint_id}/confirmation"
            answer = await client.post(path, json=GOOD, headers=once())
        assert answer.status_code == 201, answer.text
        closed = two.together(5, **facts, closed_at=NINE)
        await stage.hear(
            routing.CaseClosed(case=closed.model_copy(update={"state": CaseStatus.CLOSED}))
        )
    rated = {each.complaint.id for each in await stage.said(FeedbackConfirmed)}
    assert rated == {two.first, two.second}


async def test_a_complaint_taken_out_follows_its_own_case(stage: Stage) -> None:
    """X10: the timeline says so, and what happens to the others is no longer told."""
    two = await two_filed(stage)
    await stage.hear(*two.created, two.merged, two.joined)
    await stage.hear(two.unmerged, at=stage.clock.now() + timedelta(days=2))
    alone = two.together(4, complaint_ids=(two.first,))
    await stage.hear(routing.CaseSigned(case=alone, automatic=False))
    found, entries = await shown(stage, two.second)
    assert (found["state"], found["case"]["number"]) == ("ACCEPTED", "XN-3")
    assert entries[-1]["title"] == "单独办理"


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
async def test_whatever_comes_first_the_end_is_the_same(
    stage: Stage, order: tuple[int, ...]
) -> None:
    """X37: created, joined and taken out again may arrive in any order."""
    two = await two_filed(stage)
    unmerged = two.unmerged
    moments = [NINE, NINE + timedelta(hours=1), NINE + timedelta(days=2)]
    events: list[CaseEvent] = [two.created[1], two.joined, unmerged]
    for place in order:
        await stage.hear(events[place], at=moments[place])
    found, _ = await shown(stage, two.second)
    assert (found["state"], found["case"]["number"]) == ("ACCEPTED", "XN-3")


async def test_who_complains_again_is_offered_to_urge_instead(stage: Stage) -> None:
    """X08: same reporter, estate and category, open case, within 72 hours."""
    complaint_id = await filed(stage)
    await stage.hear(routing.CaseCreated(case=case_of(complaint_id, version=1)))
    assert await _repeated(stage, "NS01") == [str(complaint_id)]
    assert await _repeated(stage, "EQ02") == []
    assert await _repeated(stage, "NS01", person=BORIS) == []
    answered = case_of(complaint_id, version=4, state=CaseStatus.FEEDBACK, feedback_at=NINE)
    sealed = stage.host.runtime.sealer.seal(
        "已修好。", audience="intake", subject=f"{answered.id}/reply"
    )
    await stage.hear(routing.CaseFeedbackGiven(case=answered, reply=sealed))
    assert await _repeated(stage, "NS01") == []
    another = await filed(stage, category="NS01")
    assert await _repeated(stage, "NS01") == [str(another)]
    stage.clock.advance(timedelta(hours=72, seconds=1))
    assert await _repeated(stage, "NS01") == []


async def _repeated(stage: Stage, category: str, person: world.Owner = ANNA) -> list[str]:
    query = {"estate": str(GARDEN.id), "category": category}
    async with stage.client(owner(person)) as client:
        answer = await client.get("/complaints/repeated", params=query)
    return [item["id"] for item in answer.json()["items"]]


def test_an_older_move_is_history() -> None:
    """X37."""
    merged = ComplaintStatus.MERGED
    assert is_due(Action.SEPARATE, merged, at=NINE, placed_at=NINE)
    assert not is_due(Action.JOIN, merged, at=NINE, placed_at=NINE + timedelta(hours=1))
    assert not is_due(Action.JOIN, ComplaintStatus.WITHDRAWN, at=NINE, placed_at=None)


def test_an_event_speaks_to_those_it_concerns() -> None:
    """T07: who joins hears of it, who was there already does not."""
    case = a_case(complaint_ids=(new_id(), new_id()), clocks=CLOCKS)
    joined = routing.ComplaintsJoined(case=case, joined=case.complaint_ids[1:])
    assert concerned(joined) == case.complaint_ids[1:]
    sealed = Sealed(audience="intake", ciphertext="-")
    assert concerned(routing.CaseInterimFeedback(case=case, reply=sealed)) == case.complaint_ids
