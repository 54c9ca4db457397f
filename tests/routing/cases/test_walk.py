"""Random walks over the lifecycle: whatever people try, the invariants of 3.10 hold."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.routing.cases.domain.lifecycle import Action, is_possible
from shared.contracts.intake import ComplaintConfirmed, ComplaintSubmitted
from shared.contracts.vocabulary import CaseStatus, Solved
from shared.identity import Actor
from tests.routing.drama import FEES, ILLEGAL, NOISE, Drama, Words, owner, staff
from tests.routing.promises import check_promise

LEAD = staff("chengguan.xianan")
MEMBER = staff("zhuxin.xianan")
PEOPLE = (
    staff("wangge.wenquan2"),
    staff("wanggezhang.wenquan"),
    staff("zhongzhi.wenquan"),
    staff("jiedao.wenquan"),
    staff("zhongzhi.xianan"),
    staff("wuye.wenquan"),
    LEAD,
    MEMBER,
    owner(),
)
RESULT = {"result_code": "SOLVED", "text": "已处理", "proofs": ["照片"]}
TEAM = {"lead": str(LEAD.organisation_id), "members": [str(MEMBER.organisation_id)]}
TABLE = {"place": "社区", "attendees": [{"capacity": "COMMUNITY"}, {"capacity": "COMPANY"}]}
OWED = [{"party": "COMPANY", "what": "退还", "amount": 100}]
WORD = {"kind": "ORAL", "content": "和解"}
PACKAGE = {"claims": ["退还"], "facts": "多收"}

Request = tuple[str, Any]
REQUESTS: Mapping[Action, tuple[Request, ...]] = {
    Action.DISPATCH: (("dispatch", {}),),
    Action.SIGN: (("signature", None),),
    Action.PROGRESS: (("progress", {"text": "进展", "public": True}),),
    Action.REGRADE: (
        ("grading", {"grade": "SMALL", "reason": "重新判断"}),
        ("grading", {"grade": "MEDIUM", "reason": "重新判断"}),
        ("grading", {"grade": "MAJOR", "reason": "重新判断"}),
    ),
    Action.SUBMIT_RESULT: (("result", RESULT),),
    Action.APPROVE_RESULT: (("review", {"decision": "APPROVE", "reply": "答复"}),),
    Action.REJECT_RESULT: (("review", {"decision": "REJECT", "reason": "理由"}),),
    Action.GIVE_INTERIM_FEEDBACK: (("interim-feedback", {"reply": "办理中", "reason": "待查"}),),
    Action.REQUEST_MEDIATION: (("mediation", {}),),
    Action.HOLD_SESSION: (("mediation/sessions", TABLE),),
    Action.REFUSE_MEDIATION: (("mediation/refusal", {"reason": "拒绝", "party": "OWNER"}),),
    Action.FAIL_MEDIATION: (("mediation/failure", {"reason": "未达成一致"}),),
    Action.AGREE: (
        ("mediation/agreement", {"kind": "ORAL", "content": "是", "obligations": OWED}),
    ),
    Action.AGREE_AND_PERFORM: (("mediation/agreement", {"kind": "ORAL", "content": "和解"}),),
    Action.PERFORM_AGREEMENT: (("agreement/performance", {"proofs": ["回单"]}),),
    Action.BREAK_AGREEMENT: (("agreement/breach", {"reason": "未履行"}),),
    Action.APPLY_FOR_CONFIRMATION: (("agreement/confirmation-applications", {}),),
    Action.OPEN_JOINT: (("joint", TEAM),),
    Action.CONVENE: (("joint/convening", None),),
    Action.PLAN: (("joint/plan", {"plan": "方案"}),),
    Action.FILE_MEMBER_RESULT: (("joint/results", RESULT),),
    Action.COMPLETE_JOINT: (("joint/completion", RESULT),),
    Action.CONSENT_TO_COURT: (("judicial/consent", None),),
    Action.HAND_OVER: (("judicial/package", PACKAGE),),
    Action.NOT_FILED: (("judicial/not-filed", {"reason": "不起诉"}),),
    Action.REOPEN: (("reopening", {"decision": "REOPEN", "reason": "问题再次出现"}),),
    Action.EXPLAIN_FINALLY: (("reopening", {"decision": "FINAL", "reason": "已穷尽途径"}),),
}
ASIDE = frozenset({Action.PROGRESS, Action.REGRADE, Action.GIVE_INTERIM_FEEDBACK})
EVERYTHING = tuple(request for requests in REQUESTS.values() for request in requests)

NUMBER = st.integers(0, 9_999)
FORWARD = st.tuples(st.just("forward"), NUMBER)
OTHER = st.tuples(st.sampled_from(["stray", "answer", "wait"]), NUMBER)
STEPS = st.lists(st.one_of(FORWARD, FORWARD, OTHER), min_size=15, max_size=30)


@pytest.mark.parametrize("words", [NOISE, FEES, ILLEGAL], ids=["small", "medium", "major"])
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
async def test_invariants_hold_on_every_walk(
    drama: Drama, words: Words, steps: list[tuple[str, int]]
) -> None:
    """Invariants 1, 3, 5, 6, 11, 12 and consecutive versions, after every single step."""
    event = drama.submission(words)
    await drama.stage.hear(event)
    case_id = await drama.case_of(event.complaint.id)
    first_dispatches: set[Any] = set()
    for kind, number in steps:
        await WALK[kind](drama, event, case_id, number)
        row = await drama.row(case_id)
        first_dispatches |= {row["first_dispatch_at"]} - {None}
        assert len(first_dispatches) <= 1, "invariant 3"
        await _check(drama, case_id, row)


async def _forward(drama: Drama, _: ComplaintSubmitted, case_id: UUID, number: int) -> None:
    """Something that leads on, by the first person who may do it."""
    state = CaseStatus((await drama.row(case_id))["state"])
    possible = [
        request
        for action, requests in REQUESTS.items()
        for request in requests
        if is_possible(state, action) and action not in ASIDE
    ]
    if not possible:
        return
    request = possible[number % len(possible)]
    for person in PEOPLE:
        if await _try(drama, case_id, person, request):
            return


async def _stray(drama: Drama, _: ComplaintSubmitted, case_id: UUID, number: int) -> None:
    """Anything by anybody."""
    person = PEOPLE[number % len(PEOPLE)]
    await _try(drama, case_id, person, EVERYTHING[number % len(EVERYTHING)])


async def _answer(drama: Drama, event: ComplaintSubmitted, _: UUID, number: int) -> None:
    solved = Solved.NO if number % 2 else Solved.YES
    answer = {"solved": solved, "level": 3, "asks_to_reopen": solved is Solved.NO}
    await drama.stage.hear(ComplaintConfirmed(complaint=event.complaint, **answer))


async def _wait(drama: Drama, _: ComplaintSubmitted, __: UUID, number: int) -> None:
    await drama.pass_time(hours=number % 40, minutes=7)


WALK: dict[str, Callable[[Drama, ComplaintSubmitted, UUID, int], Awaitable[None]]] = {
    "forward": _forward,
    "stray": _stray,
    "answer": _answer,
    "wait": _wait,
}


async def _try(drama: Drama, case_id: UUID, person: Actor, request: Request) -> bool:
    """Refusals are part of the walk; a failure of ours is not."""
    what, body = request
    if what == "mediation/sessions":
        body = body | {"held_at": drama.now.isoformat()}
    answer = await drama.send(person, f"/cases/{case_id}/{what}", body)
    assert answer.status_code < 500, answer.text
    return answer.status_code == 200


async def _check(drama: Drama, case_id: UUID, row: Mapping[str, Any]) -> None:
    await _check_end(drama, case_id, row)
    await check_promise(drama, case_id, row)
    reviews = await drama.rows(
        "SELECT submitted_by, decided_by FROM case_result WHERE case_id = :id", id=case_id
    )
    assert all(each["submitted_by"] != each["decided_by"] for each in reviews), "invariant 5"
    grades = await drama.rows(
        "SELECT grade, actor_end FROM grading WHERE case_id = :id ORDER BY at, id", id=case_id
    )
    assert grades[0]["actor_end"] == "SYSTEM", "invariant 6: the proposal comes first"
    assert grades[-1]["grade"] == row["grade"], "invariant 6: one current grade"
    entries = await drama.rows(
        "SELECT version, state_after FROM case_entry WHERE case_id = :id ORDER BY version",
        id=case_id,
    )
    assert [each["version"] for each in entries] == list(range(1, row["version"] + 1))
    assert entries[-1]["state_after"] == row["state"], "invariant 12: the history leads here"


async def _check_end(drama: Drama, case_id: UUID, row: Mapping[str, Any]) -> None:
    if row["state"] != "CLOSED":
        return
    assert row["result_code"] is not None, "invariant 1"
    feedback = await drama.rows(
        "SELECT 1 FROM feedback WHERE case_id = :id AND kind = 'FINAL'", id=case_id
    )
    assert feedback, "invariant 1"
    running = await drama.rows(
        "SELECT kind FROM clock WHERE subject_id = :id AND state = 'RUNNING'", id=case_id
    )
    assert {each["kind"] for each in running} <= {"REOPEN_WINDOW"}, "invariant 11"
