"""Following a complaint through what routing says about its case (T05, T06, B02, X36, X37)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.contracts import routing
from shared.contracts.intake import ComplaintAccepted, ComplaintNotAccepted
from shared.contracts.routing import CaseEvent, RefusedComplaint
from shared.contracts.vocabulary import CaseStatus, ComplaintStatus, RefusalReason
from shared.ids import new_id
from shared.rulebook import ClockKind
from tests.intake.people import ANNA, BORIS, GARDEN, complaint, once, owner
from tests.samples import NINE, a_case, a_clock
from tests.stage import Stage

CALL_110 = "请拨打110报警。"
CLOCKS = (a_clock(ClockKind.FEEDBACK, hours=183), a_clock(ClockKind.SIGN, hours=2))


async def filed(stage: Stage, **changes: Any) -> UUID:
    async with stage.client(owner(ANNA)) as anna:
        answer = await anna.post("/complaints", json=complaint(**changes), headers=once())
    return UUID(answer.json()["id"])


async def shown(stage: Stage, complaint_id: UUID) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The complaint and its timeline, as its owner sees them."""
    async with stage.client(owner(ANNA)) as anna:
        found = (await anna.get(f"/complaints/{complaint_id}")).json()
        entries = (await anna.get(f"/complaints/{complaint_id}/timeline")).json()["items"]
    return found, entries


def case_of(*complaints: UUID, **changes: Any) -> routing.CaseState:
    return a_case(
        complaint_ids=complaints,
        estate_id=GARDEN.id,
        clocks=CLOCKS,
        owner_ids=(ANNA.id,),
        **changes,
    )


async def test_a_case_accepts_its_complaint(stage: Stage) -> None:
    """T06: accepted once, with the category, however often it is said."""
    complaint_id = await filed(stage)
    case = case_of(complaint_id, version=1, state=CaseStatus.TO_DISPATCH, handler=None)
    await stage.hear(routing.CaseCreated(case=case))
    found, entries = await shown(stage, complaint_id)
    assert (found["state"], found["state_name"]) == ("ACCEPTED", "已受理")
    assert (found["case"]["number"], found["case"]["state_name"]) == (case.number, "待派单")
    assert [entry["title"] for entry in entries] == ["已提交", "已受理"]
    (said,) = await stage.said(ComplaintAccepted)
    assert (said.category, said.category_name) == ("NS01", "轻微噪音")
    assert (said.complaint.state, said.complaint.version) == (ComplaintStatus.ACCEPTED, 2)
    assert (said.complaint.case_id, said.complaint.case_number) == (case.id, case.number)
    assert said.complaint.accepted_at == case.accepted_at


async def test_a_police_matter_is_refused_with_the_right_number(stage: Stage) -> None:
    """T05, B02: not accepted, reason POLICE, the 110 hint, and no case."""
    complaint_id = await filed(stage, text="楼下正在打架斗殴，请快来人处理", category="XX01")
    refused = RefusedComplaint(
        id=complaint_id, version=1, reason=RefusalReason.POLICE, hint=CALL_110
    )
    await stage.hear(routing.ComplaintRefused(complaint=refused))
    found, entries = await shown(stage, complaint_id)
    assert (found["state"], found["refusal_reason"]) == ("NOT_ACCEPTED", "POLICE")
    assert (found["refusal_hint"], found["case"]) == (CALL_110, None)
    assert [entry["title"] for entry in entries] == ["已提交", "不予受理"]
    assert "110" in entries[-1]["text"]
    (said,) = await stage.said(ComplaintNotAccepted)
    assert (said.reason, said.hint) == (RefusalReason.POLICE, CALL_110)
    assert await stage.said(ComplaintAccepted) == []


async def test_a_refusal_after_acceptance_changes_nothing(stage: Stage) -> None:
    """X37: what has been accepted stays accepted."""
    complaint_id = await filed(stage)
    refused = RefusedComplaint(
        id=complaint_id, version=1, reason=RefusalReason.OUT_OF_SCOPE, hint="-"
    )
    await stage.hear(
        routing.CaseCreated(case=case_of(complaint_id, version=1)),
        routing.ComplaintRefused(complaint=refused),
    )
    found, _ = await shown(stage, complaint_id)
    assert (found["state"], found["refusal_reason"]) == ("ACCEPTED", None)
    assert await stage.said(ComplaintNotAccepted) == []


async def test_an_event_that_the_inbox_forgot_is_still_told_once(stage: Stage) -> None:
    """X36: after ninety days only our own keys protect us."""
    complaint_id, other = await filed(stage), await filed(stage)
    refused = RefusedComplaint(id=other, version=1, reason=RefusalReason.POLICE, hint=CALL_110)
    await stage.hear_after_forgetting(routing.CaseDispatched(case=case_of(complaint_id)))
    await stage.hear_after_forgetting(routing.ComplaintRefused(complaint=refused))
    for each in (complaint_id, other):
        assert len((await shown(stage, each))[1]) == 2
    assert len(await stage.said(ComplaintAccepted)) == 1
    assert len(await stage.said(ComplaintNotAccepted)) == 1


async def test_the_owner_sees_who_acts_until_when(stage: Stage) -> None:
    """N06: handler and promised date; how fast offices sign is their own affair."""
    complaint_id = await filed(stage)
    await stage.hear(routing.CaseDispatched(case=case_of(complaint_id)))
    found, entries = await shown(stage, complaint_id)
    assert found["case"]["handler"] == "演示社区第一网格"
    assert [promise["kind"] for promise in found["case"]["promises"]] == [ClockKind.FEEDBACK]
    assert found["case"]["promises"][0]["due_at"] == "2026-03-10T00:00:00+08:00"
    assert entries[-1]["who"] == "演示社区第一网格"
    assert entries[-1]["until"] == "2026-03-10T00:00:00+08:00"
    assert "3月9日 24:00前反馈结果" in entries[-1]["text"]


async def test_sealed_replies_and_notes_are_opened_for_the_owner(stage: Stage) -> None:
    """T14, T25: routing writes to intake, nobody else can read it."""
    complaint_id = await filed(stage)
    case = case_of(complaint_id)
    seal = stage.host.runtime.sealer.seal
    note = seal("电工明天上午到场。", audience="intake", subject=f"{case.id}/note")
    interim = seal("正在等配件。", audience="intake", subject=f"{case.id}/reply")
    reply = seal("灯已全部换新。", audience="intake", subject=f"{case.id}/reply")
    await stage.hear(
        routing.CaseProgressed(case=case, note=note),
        routing.CaseProgressed(case=case.model_copy(update={"version": 4}), note=None),
        routing.CaseInterimFeedback(case=case.model_copy(update={"version": 5}), reply=interim),
        routing.CaseFeedbackGiven(case=case.model_copy(update={"version": 6}), reply=reply),
    )
    _, entries = await shown(stage, complaint_id)
    assert [entry["text"].splitlines()[0] for entry in entries[1:]] == [
        "电工明天上午到场。",
        "正在等配件。",
        "灯已全部换新。",
    ]


async def test_a_merged_complaint_follows_the_other_case(stage: Stage) -> None:
    """T07, X09: the second household is told, too, and has its own timeline."""
    first, second = await filed(stage), await filed(stage)
    await stage.hear(routing.CaseDispatched(case=case_of(first, second)))
    states = {(await shown(stage, each))[0]["state"] for each in (first, second)}
    assert states == {"ACCEPTED", "MERGED"}
    for each in (first, second):
        assert (await shown(stage, each))[1][-1]["title"] == "已派单"


async def test_a_case_of_others_leaves_my_complaint_alone(stage: Stage) -> None:
    mine = await filed(stage)
    await stage.hear(routing.CaseCreated(case=case_of(new_id())))
    found, entries = await shown(stage, mine)
    assert (found["state"], found["case"], len(entries)) == ("SUBMITTED", None, 1)


async def test_a_complaint_stays_with_the_case_it_was_accepted_into(stage: Stage) -> None:
    """Invariant 2: another case that lists it tells it nothing."""
    complaint_id = await filed(stage)
    mine = case_of(complaint_id, version=1)
    await stage.hear(routing.CaseCreated(case=mine))
    await stage.hear(routing.CaseDispatched(case=case_of(complaint_id, id=new_id())))
    found, entries = await shown(stage, complaint_id)
    assert (found["case"]["id"], len(entries)) == (str(mine.id), 2)


async def test_another_owners_complaint_is_not_there(stage: Stage) -> None:
    complaint_id = await filed(stage)
    paths = (f"/complaints/{complaint_id}", f"/complaints/{complaint_id}/timeline")
    async with stage.client(owner(ANNA)) as anna, stage.client(owner(BORIS)) as boris:
        for path in paths:
            assert (await anna.get(path)).status_code == 200
            hidden = await boris.get(path)
            assert (hidden.status_code, hidden.json()["code"]) == (404, "COMPLAINT_NOT_FOUND")
        answer = {"solved": "YES", "level": 5}
        hidden = await boris.post(f"{paths[0]}/confirmation", json=answer, headers=once())
        assert (hidden.status_code, hidden.json()["code"]) == (404, "COMPLAINT_NOT_FOUND")
        assert (await boris.get("/complaints")).json()["items"] == []
        assert len((await anna.get("/complaints")).json()["items"]) == 1


async def test_the_list_comes_newest_first_in_pages_and_by_state(stage: Stage) -> None:
    made = []
    for _ in range(5):
        stage.clock.advance(timedelta(seconds=1))
        made.append(await filed(stage))
    await stage.hear(routing.CaseCreated(case=case_of(made[0], version=1)))
    async with stage.client(owner(ANNA)) as anna:
        listed: list[str] = []
        cursor = ""
        while True:
            page = (await anna.get(f"/complaints?limit=2&cursor={cursor}")).json()
            listed += [item["id"] for item in page["items"]]
            if not (cursor := page["next"]):
                break
        accepted = (await anna.get("/complaints", params={"state": "ACCEPTED"})).json()["items"]
    assert listed == [str(each) for each in reversed(made)]
    assert [item["id"] for item in accepted] == [str(made[0])]
    assert accepted[0]["case"]["category_name"] == "轻微噪音"


STORY: Sequence[tuple[type[CaseEvent], CaseStatus, dict[str, Any]]] = (
    (routing.CaseCreated, CaseStatus.TO_DISPATCH, {}),
    (routing.CaseGraded, CaseStatus.TO_DISPATCH, {}),
    (routing.CaseDispatched, CaseStatus.DISPATCHED, {}),
    (routing.CaseSigned, CaseStatus.HANDLING, {"automatic": False}),
    (routing.CaseResultSubmitted, CaseStatus.RESULT_REVIEW, {}),
    (routing.CaseClosed, CaseStatus.CLOSED, {}),
)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(order=st.permutations(range(len(STORY))))
@pytest.mark.asyncio(loop_scope="session")
async def test_order_and_repetition_make_no_difference(stage: Stage, order: list[int]) -> None:
    """X36, X37: each told twice, in any order: same state, same timeline, one acceptance."""
    complaint_id, case_id = await filed(stage), new_id()
    before = len(await stage.said(ComplaintAccepted))
    for position in order:
        kind, state, more = STORY[position]
        case = case_of(complaint_id, id=case_id, version=position + 1, state=state)
        await stage.hear(kind(case=case, **more), at=NINE + timedelta(minutes=position))
    found, entries = await shown(stage, complaint_id)
    assert (found["state"], found["case"]["state"]) == ("ACCEPTED", "CLOSED")
    titles = [entry["title"] for entry in entries]
    assert titles == ["已提交", "已受理", "已定级", "已派单", "已签收", "结果待审核", "已办结"]
    assert len(await stage.said(ComplaintAccepted)) == before + 1
