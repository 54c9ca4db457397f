"""T33: the reporter of a closed case disputes it; whoever handles it reads why."""

from __future__ import annotations

import json

from shared.contracts.intake import ComplaintDisputed, ComplaintSubmitted, Objection, Proof
from shared.contracts.vocabulary import Solved
from tests.routing.cases.test_reopening import REOPEN, STREET, WORKER, _answer, _closed, _fed_back
from tests.routing.cases.test_reopening import _hand_in_and_approve as handed_in
from tests.routing.drama import Drama

REASON = "修好三天后噪音又出现"


def disputed(drama: Drama, event: ComplaintSubmitted) -> ComplaintDisputed:
    proof = Proof(item="EVIDENCE", reference="录音一段")
    words = drama.stage.host.runtime.sealer.seal(
        Objection(reason=REASON, proofs=(proof,)).model_dump_json(),
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
