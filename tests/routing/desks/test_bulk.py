"""Many cases at once: shown first, then done, each case for itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from services.routing.desks.actions import BULK
from shared.contracts import routing as said
from shared.identity import Actor
from tests.routing.drama import FEES, HOMESTEAD, ILLEGAL, NOISE, Drama, owner, staff

STREET = staff("zhongzhi.wenquan")
WORKER = staff("wangge.wenquan2")
LEADER = staff("wanggezhang.wenquan")
COMPANY = staff("wuye.wenquan")
RESULT = {"result_code": "SOLVED", "text": "已处理", "proofs": ["照片1"]}


async def _shown(
    drama: Drama, actor: Actor, action: str, cases: Sequence[UUID], **parameters: Any
) -> Any:
    body = {"action": action, "case_ids": [str(id) for id in cases], "parameters": parameters}
    answer = await drama.send(actor, "/bulk/previews", body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def _executed(drama: Drama, actor: Actor, preview: Any) -> httpx.Response:
    return await drama.send(actor, f"/bulk/{preview['id']}/execution")


def _verdicts(answer: Any) -> list[tuple[str, str | None]]:
    return [(item["verdict"], item["code"]) for item in answer["items"]]


async def test_a_preview_changes_nothing(drama: Drama) -> None:
    """It runs the real command and takes everything back: rows, events, audit."""
    case_id = await drama.submit(NOISE)
    before = await drama.row(case_id)
    events = await drama.stage.count("outbox")
    preview = await _shown(drama, WORKER, "sign", [case_id])
    assert _verdicts(preview) == [("WOULD_APPLY", None)]
    assert await drama.row(case_id) == before
    assert await drama.stage.count("outbox") == events
    assert await drama.stage.count("audit_entry", "action = 'case.signed'") == 0
    assert await drama.stage.count("audit_entry", "action = 'bulk.previewed'") == 1


async def test_some_apply_and_some_are_refused(drama: Drama) -> None:
    """Partial failure: what cannot be done keeps nothing else from being done (T11, A06)."""
    mine = [await drama.submit(NOISE) for _ in range(2)]
    signed = await drama.submit(NOISE)
    await drama.act(WORKER, signed, "signature")
    not_mine = await drama.submit(FEES)
    far = await drama.submit(NOISE, place=HOMESTEAD)
    cases = [mine[0], signed, not_mine, far, uuid4(), mine[1]]
    preview = await _shown(drama, WORKER, "sign", cases)
    expected = [
        ("WOULD_APPLY", None),
        ("REFUSED", "ACTION_NOT_POSSIBLE"),
        ("REFUSED", "NOT_YOUR_TASK"),
        ("NOT_VISIBLE", "CASE_NOT_FOUND"),
        ("NOT_VISIBLE", "CASE_NOT_FOUND"),
        ("WOULD_APPLY", None),
    ]
    assert _verdicts(preview) == expected
    assert preview["items"][3]["number"] is None
    done = (await _executed(drama, WORKER, preview)).json()
    applied = [("APPLIED", None) if each[1] is None else each for each in expected]
    assert _verdicts(done) == applied
    assert done["counts"] == {"APPLIED": 2, "REFUSED": 2, "NOT_VISIBLE": 2}
    assert [(await drama.row(id))["state"] for id in mine] == ["HANDLING", "HANDLING"]
    assert len(await drama.stage.said(said.CaseSigned)) == 3


async def test_what_changed_since_is_left_alone(drama: Drama) -> None:
    first, second = [await drama.submit(NOISE) for _ in range(2)]
    preview = await _shown(drama, LEADER, "grade", [first, second], grade="MEDIUM", reason="升级")
    await drama.act(WORKER, first, "signature")
    done = (await _executed(drama, LEADER, preview)).json()
    assert _verdicts(done) == [("CONFLICT", "CASE_MOVED_ON"), ("APPLIED", None)]
    assert (await drama.row(first))["grade"] == "SMALL"
    assert (await drama.row(second))["grade"] == "MEDIUM"


async def test_once_is_enough(drama: Drama) -> None:
    """A repeat answers the same, under the same key and under another one."""
    case_id = await drama.submit(NOISE)
    preview = await _shown(drama, WORKER, "sign", [case_id])
    key = str(uuid4())
    path = f"/bulk/{preview['id']}/execution"
    answers = [await drama.send(WORKER, path, key=each) for each in (key, key, str(uuid4()))]
    assert answers[0].json() == answers[1].json() == answers[2].json()
    assert len(await drama.stage.said(said.CaseSigned)) == 1
    assert await drama.stage.count("audit_entry", "action = 'bulk.executed'") == 1


async def test_a_preview_is_its_makers_and_grows_old(drama: Drama) -> None:
    case_id = await drama.submit(NOISE)
    preview = await _shown(drama, WORKER, "sign", [case_id])
    for actor in (LEADER, STREET):
        answer = await _executed(drama, actor, preview)
        assert (answer.status_code, answer.json()["code"]) == (404, "BULK_PREVIEW_NOT_FOUND")
    drama.stage.clock.advance(timedelta(hours=1, seconds=1))
    answer = await _executed(drama, WORKER, preview)
    assert (answer.status_code, answer.json()["code"]) == (409, "BULK_PREVIEW_EXPIRED")


async def test_a_filter_names_the_cases(drama: Drama) -> None:
    cases = {await drama.submit(NOISE) for _ in range(3)}
    await drama.submit(FEES)
    body = {"action": "sign", "filter": {"grade": ["SMALL"], "mine": True}}
    preview = (await drama.send(WORKER, "/bulk/previews", body)).json()
    assert {item["case_id"] for item in preview["items"]} == {str(id) for id in cases}
    assert preview["counts"] == {"WOULD_APPLY": 3}


async def test_every_action_does_what_its_endpoint_does(drama: Drama) -> None:
    """T10, T11, T14, T44, CK-05, T25 through the registry; replies are stored encrypted."""
    waiting = await drama.submit(ILLEGAL)
    case_id = await drama.submit(NOISE)
    reply = "已上门处理，噪音停止"
    for actor, action, cases, parameters in (
        (STREET, "dispatch", [waiting], {}),
        (WORKER, "sign", [case_id], {}),
        (WORKER, "progress", [case_id], {"text": "已联系", "public": True}),
        (STREET, "supervise", [case_id], {"reason": "请尽快办理"}),
        (STREET, "interim-feedback", [case_id], {"reply": reply, "reason": "还在处理"}),
    ):
        preview = await _shown(drama, actor, action, cases, **parameters)
        assert _verdicts((await _executed(drama, actor, preview)).json()) == [("APPLIED", None)]
    await drama.act(WORKER, case_id, "result", RESULT)
    preview = await _shown(drama, LEADER, "approve", [case_id], reply=reply)
    assert _verdicts((await _executed(drama, LEADER, preview)).json()) == [("APPLIED", None)]
    assert (await drama.row(case_id))["state"] == "FEEDBACK"
    assert (await drama.row(waiting))["state"] == "DISPATCHED"
    assert (await drama.row(case_id))["supervised"]
    assert set(BULK) - {"grade", "suspension", "extension"} == {
        *("dispatch", "sign", "progress", "supervise", "interim-feedback", "approve")
    }
    stored = await drama.rows("SELECT parameters FROM bulk_preview")
    assert not any(reply in row["parameters"] for row in stored)


async def test_limits_for_many(drama: Drama) -> None:
    """T27, T29: the commands of the limits, case by case; a second request is refused."""
    cases = [await drama.submit(FEES) for _ in range(2)]
    for case_id in cases:
        await drama.act(STREET, case_id, "signature")
    until = (drama.now + timedelta(days=2)).isoformat()
    pause = {"reason": "APPRAISAL", "until": until, "note": "等待鉴定"}
    for action, parameters in (
        ("extension", {"days": 1, "reason": "等待配件"}),
        ("suspension", pause),
    ):
        preview = await _shown(drama, STREET, action, cases, **parameters)
        assert _verdicts(preview) == [("WOULD_APPLY", None)] * 2
        assert (await _executed(drama, STREET, preview)).json()["counts"] == {"APPLIED": 2}
        again = await _shown(drama, STREET, action, cases, **parameters)
        assert again["counts"] == {"REFUSED": 2}


async def test_invariant_5_holds_for_many_as_for_one(drama: Drama) -> None:
    """Who handed in the result does not approve it, in bulk either."""
    case_id = await drama.submit(FEES)
    await drama.act(STREET, case_id, "signature")
    await drama.act(STREET, case_id, "result", RESULT)
    preview = await _shown(drama, STREET, "approve", [case_id], reply="已处理")
    assert _verdicts(preview) == [("REFUSED", "NOT_YOUR_TASK")]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"action": "close", "case_ids": [str(uuid4())]}, "UNKNOWN_BULK_ACTION"),
        ({"action": "sign"}, "INVALID_FIELDS"),
        ({"action": "sign", "case_ids": [], "filter": {}}, "INVALID_FIELDS"),
        ({"action": "sign", "case_ids": [str(uuid4())] * 201}, "INVALID_FIELDS"),
        (
            {"action": "approve", "case_ids": [str(uuid4())], "parameters": {}},
            "BULK_PARAMETERS_INVALID",
        ),
        (
            {"action": "sign", "case_ids": [str(uuid4())], "parameters": {"force": True}},
            "BULK_PARAMETERS_INVALID",
        ),
    ],
    ids=["action", "none", "both", "many", "missing", "further"],
)
async def test_what_is_no_bulk_action(drama: Drama, body: Any, code: str) -> None:
    answer = await drama.send(STREET, "/bulk/previews", body)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_who_keeps_no_desk_has_no_bulk(drama: Drama) -> None:
    body = {"action": "sign", "case_ids": [str(uuid4())]}
    answer = await drama.send(owner(), "/bulk/previews", body)
    assert (answer.status_code, answer.json()["code"]) == (403, "DESKS_ONLY")
