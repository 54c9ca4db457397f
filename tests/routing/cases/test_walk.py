"""Random walks over the lifecycle: whatever people try, the invariants of 3.10 hold."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.contracts.intake import ComplaintConfirmed, ComplaintSubmitted
from shared.contracts.vocabulary import Solved
from shared.identity import Actor
from tests.routing.drama import FEES, ILLEGAL, NOISE, Drama, owner, staff

WORKER = staff("wangge.wenquan2")
LEADER = staff("wanggezhang.wenquan")
STREET = staff("zhongzhi.wenquan")
OFFICE = staff("jiedao.wenquan")
COUNTY = staff("zhongzhi.xianan")
LEAD = staff("chengguan.xianan")
MEMBER = staff("zhuxin.xianan")
PEOPLE = (WORKER, LEADER, STREET, OFFICE, COUNTY, LEAD, MEMBER, owner())

RESULT = {"result_code": "SOLVED", "text": "已处理", "proofs": ["照片"]}
TEAM = {"lead": str(LEAD.organisation_id), "members": [str(MEMBER.organisation_id)]}
REQUESTS: dict[str, Any] = {
    "dispatch": {},
    "signature": None,
    "progress": {"text": "进展", "public": True},
    "grading": {"grade": "MEDIUM", "reason": "重新判断"},
    "grading ": {"grade": "MAJOR", "reason": "重新判断"},
    "result": RESULT,
    "review": {"decision": "APPROVE", "reply": "答复"},
    "review ": {"decision": "REJECT", "reason": "理由"},
    "interim-feedback": {"reply": "办理中", "reason": "需要时间"},
    "mediation": {},
    "mediation/failure": {"reason": "未达成一致"},
    "mediation/refusal": {"reason": "拒绝", "party": "OWNER"},
    "mediation/agreement": {"kind": "ORAL", "content": "和解"},
    "agreement/performance": {"proofs": ["回单"]},
    "agreement/breach": {"reason": "未履行"},
    "joint": TEAM,
    "joint/convening": None,
    "joint/results": RESULT,
    "joint/completion": RESULT,
    "judicial/consent": None,
    "judicial/not-filed": {"reason": "不起诉"},
}
STEPS = st.tuples(
    st.sampled_from(PEOPLE), st.sampled_from((*REQUESTS, "answer", "wait", "session"))
)


@pytest.mark.parametrize("words", [NOISE, FEES, ILLEGAL], ids=["small", "medium", "major"])
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEPS, min_size=10, max_size=25), insist=st.booleans())
async def test_invariants_hold_on_every_walk(
    drama: Drama, words: Any, steps: list[tuple[Actor, str]], insist: bool
) -> None:
    """Invariants 1, 3, 5, 6, 11 and consecutive versions, after every single step."""
    event = drama.submission(words)
    await drama.stage.hear(event)
    case_id = await drama.case_of(event.complaint.id)
    first_dispatch: set[Any] = set()
    for actor, what in steps:
        for person in PEOPLE if insist else (actor,):
            await _try(drama, event, case_id, person, what)
        row = await drama.row(case_id)
        first_dispatch |= {row["first_dispatch_at"]} - {None}
        assert len(first_dispatch) <= 1, "invariant 3"
        await _check(drama, case_id, row)


async def _try(
    drama: Drama, event: ComplaintSubmitted, case_id: UUID, actor: Actor, what: str
) -> None:
    """Refusals are part of the walk; a failure of ours is not."""
    if what in OTHERWISE:
        await OTHERWISE[what](drama, event, case_id, actor)
        return
    path = f"/cases/{case_id}/{what.strip()}"
    answer = await drama.send(actor, path, REQUESTS[what])
    assert answer.status_code < 500, answer.text


async def _answer(drama: Drama, event: ComplaintSubmitted, *_: Any) -> None:
    solved = Solved.NO if drama.now.minute % 2 else Solved.YES
    await drama.stage.hear(ComplaintConfirmed(complaint=event.complaint, solved=solved, level=3))


async def _wait(drama: Drama, *_: Any) -> None:
    await drama.pass_time(hours=13, minutes=7)


async def _session(drama: Drama, _: Any, case_id: UUID, actor: Actor) -> None:
    body = {
        "held_at": drama.now.isoformat(),
        "place": "社区",
        "attendees": [{"capacity": "COMMUNITY"}, {"capacity": "COMPANY"}],
    }
    answer = await drama.send(actor, f"/cases/{case_id}/mediation/sessions", body)
    assert answer.status_code < 500, answer.text


OTHERWISE: dict[str, Callable[..., Awaitable[None]]] = {
    "answer": _answer,
    "wait": _wait,
    "session": _session,
}


async def _check(drama: Drama, case_id: UUID, row: Any) -> None:
    feedback = await drama.rows("SELECT kind FROM feedback WHERE case_id = :id", id=case_id)
    running = await drama.rows(
        "SELECT kind FROM clock WHERE subject_id = :id AND state = 'RUNNING'", id=case_id
    )
    if row["state"] == "CLOSED":
        assert any(each["kind"] == "FINAL" for each in feedback), "invariant 1"
        assert row["result_code"] is not None, "invariant 1"
        assert {each["kind"] for each in running} <= {"REOPEN_WINDOW"}, "invariant 11"
    reviews = await drama.rows(
        "SELECT submitted_by, decided_by FROM case_result WHERE case_id = :id", id=case_id
    )
    assert all(each["submitted_by"] != each["decided_by"] for each in reviews), "invariant 5"
    grades = await drama.rows(
        "SELECT grade, actor_end FROM grading WHERE case_id = :id ORDER BY id", id=case_id
    )
    assert grades[0]["actor_end"] == "SYSTEM", "invariant 6: the proposal comes first"
    assert grades[-1]["grade"] == row["grade"], "invariant 6: one current grade"
    entries = await drama.rows(
        "SELECT version, state_after FROM case_entry WHERE case_id = :id ORDER BY version",
        id=case_id,
    )
    assert [each["version"] for each in entries] == list(range(1, row["version"] + 1))
    assert entries[-1]["state_after"] == row["state"], "invariant 12: the history leads here"
