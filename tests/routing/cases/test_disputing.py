"""T33: the reporter of a closed case disputes it; whoever handles it reads why."""

from __future__ import annotations

import json

import pytest

from shared.contracts.intake import ComplaintDisputed, ComplaintSubmitted
from shared.contracts.narrative import Objection, Proof
from shared.contracts.vocabulary import Solved
from tests.routing.acceptance.scene import supplemented
from tests.routing.cases.test_reopening import REOPEN, STREET, WORKER, _answer, _closed, _fed_back
from tests.routing.cases.test_reopening import _hand_in_and_approve as handed_in
from tests.routing.drama import Drama
from tests.routing.test_forgetting import NAME, redacted

REASON = "修好三天后噪音又出现"


def disputed(drama: Drama, event: ComplaintSubmitted, reason: str = REASON) -> ComplaintDisputed:
    proof = Proof(item="EVIDENCE", reference="录音一段")
    words = drama.stage.host.runtime.sealer.seal(
        Objection(reason=reason, proofs=(proof,)).model_dump_json(),
        audience="routing",
        subject=f"{event.complaint.id}/objection",
    )
    return ComplaintDisputed(complaint=event.complaint, words=words)


async def test_a_disputed_case_comes_back_with_the_reason(drama: Drama) -> None:
    """T33: once by the owner's word; the second time a dispatcher decides."""
    case_id, event = await _closed(drama)
    await drama.stage.hear(disputed(drama, event))
    row = await drama.row(case_id)
    assert (row["state"], row["reopen_count"]) == ("HANDLING", 1)
    shown = json.dumps(await drama.see(WORKER, f"/cases/{case_id}"), ensure_ascii=False)
    assert shown.count(REASON) == 1, "told twice, it is written once"
    assert await drama.stage.count("case_complaint", f"narrative LIKE '%{REASON}%'") == 0
    await handed_in(drama, case_id)
    await _answer(drama, event, Solved.YES)
    await drama.stage.hear(disputed(drama, event))
    assert (await drama.row(case_id))["state"] == "CLOSED"
    await drama.act(STREET, case_id, "reopening", REOPEN)


async def test_what_is_not_closed_or_long_closed_is_not_disputed(drama: Drama) -> None:
    """T33, CK-15, X37: a dispute that crossed something else changes nothing."""
    waiting, event = await _fed_back(drama)
    version = (await drama.row(waiting))["version"]
    await drama.stage.hear(disputed(drama, event))
    assert (await drama.row(waiting))["version"] == version
    late, closed = await _closed(drama)
    await drama.pass_time(days=16)
    await drama.stage.hear(disputed(drama, closed))
    assert (await drama.row(late))["state"] == "CLOSED"


def versioned(event: ComplaintDisputed, version: int) -> ComplaintDisputed:
    complaint = event.complaint.model_copy(update={"version": version})
    return event.model_copy(update={"complaint": complaint})


@pytest.mark.parametrize("order", [("objection", "remark"), ("remark", "objection")])
async def test_an_objection_and_a_later_remark_stand_side_by_side(
    drama: Drama, order: tuple[str, str]
) -> None:
    """X36, X37: neither takes the other back, however long they are."""
    case_id, event = await _closed(drama)
    for words in ("短", "一段很长的说明" * 30):
        events = {
            "objection": versioned(disputed(drama, event), 5),
            "remark": supplemented(drama, event, words, version=6 + len(words)),
        }
        await drama.stage.hear(*(events[name] for name in order))
        shown = json.dumps(await drama.see(WORKER, f"/cases/{case_id}"), ensure_ascii=False)
        assert shown.count(REASON) == 1
        assert words in shown


async def test_an_objection_of_somebody_who_has_left_is_told_without_words(drama: Drama) -> None:
    """X37: it was said before the account was erased, and comes after."""
    case_id, event = await _closed(drama)
    await drama.stage.hear(redacted(drama, event, version=9))
    await drama.stage.hear(versioned(disputed(drama, event), 8))
    shown = json.dumps(await drama.see(WORKER, f"/cases/{case_id}"), ensure_ascii=False)
    assert REASON not in shown
    assert "申请重新办理" in shown
    assert (await drama.row(case_id))["state"] == "HANDLING"


async def test_an_objection_loses_the_names_of_whoever_leaves(drama: Drama) -> None:
    case_id, event = await _closed(drama)
    await drama.stage.hear(versioned(disputed(drama, event, f"{REASON}，{NAME}"), 8))
    await drama.stage.hear(redacted(drama, event, version=9))
    shown = json.dumps(await drama.see(WORKER, f"/cases/{case_id}"), ensure_ascii=False)
    assert f"{REASON}，演**" in shown
