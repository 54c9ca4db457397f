"""T02-T05: the reporter is asked for more, supplies it, or is refused (N02, X36, X37)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from shared.clock import BEIJING
from shared.contracts import routing
from shared.contracts.intake import (
    ComplaintAccepted,
    ComplaintInfoRequested,
    ComplaintNotAccepted,
    ComplaintSupplemented,
)
from shared.contracts.narrative import Narrative
from shared.contracts.routing import (
    ComplaintRefusedByDesk,
    InformationRequest,
    InformationRequested,
    RefusedComplaint,
)
from shared.contracts.vocabulary import CaseStatus, ComplaintStatus, RefusalReason
from tests.intake.people import ANNA, BORIS, TEXT, once, owner
from tests.intake.test_following import case_of, filed, shown
from tests.stage import Stage

UNTIL = datetime(2026, 3, 8, 0, 0, tzinfo=BEIJING)
WORDS = "请说明案件进展，并附裁判文书。"
SUPPLIED = {"text": "法院尚未开庭", "proofs": [{"item": "EVIDENCE", "reference": "照片第3张"}]}


def request(
    stage: Stage, complaint_id: UUID, *, version: int = 2, words: str | None = WORDS
) -> InformationRequested:
    sealer = stage.host.runtime.sealer
    sealed = words and sealer.seal(words, audience="intake", subject=f"{complaint_id}/request")
    asked = InformationRequest(
        id=complaint_id, version=version, missing=("COURT_STATE", "EVIDENCE"), until=UNTIL
    )
    return InformationRequested(request=asked, words=sealed or None)


def refusal(complaint_id: UUID, reason: RefusalReason, version: int = 3) -> RefusedComplaint:
    return RefusedComplaint(id=complaint_id, version=version, reason=reason, hint="逾期未补充")


async def supply(stage: Stage, complaint_id: UUID, body: Any = SUPPLIED) -> tuple[int, Any]:
    async with stage.client(owner(ANNA)) as anna:
        path = f"/complaints/{complaint_id}/supplement"
        answer = await anna.post(path, json=body, headers=once())
    return answer.status_code, answer.json()


async def test_the_reporter_is_told_what_is_missing(stage: Stage) -> None:
    """T02, N02: NEED_INFO, the items by name, until when, the desk's own words."""
    complaint_id = await filed(stage)
    await stage.hear(request(stage, complaint_id))
    found, entries = await shown(stage, complaint_id)
    assert (found["state"], found["state_name"]) == ("NEED_INFO", "待补正")
    assert [each["code"] for each in found["missing"]] == ["COURT_STATE", "EVIDENCE"]
    assert found["supplement_until"] == "2026-03-08T00:00:00+08:00"
    assert [entry["title"] for entry in entries] == ["已提交", "请您补充材料"]
    for words in (WORDS, "3月7日 24:00", "照片、票据"):
        assert words in entries[-1]["text"]
    (said,) = await stage.said(ComplaintInfoRequested)
    assert (said.missing, said.until) == (("COURT_STATE", "EVIDENCE"), UNTIL)
    assert said.complaint.state is ComplaintStatus.NEED_INFO
    assert WORDS not in said.model_dump_json()


async def test_what_is_supplied_goes_to_routing_alone(stage: Stage) -> None:
    """T03: SUBMITTED again; the whole narrative, sealed; what was said first stays."""
    complaint_id = await filed(stage)
    await stage.hear(request(stage, complaint_id))
    status, answer = await supply(stage, complaint_id)
    assert (status, answer["state"]) == (200, "SUBMITTED")
    (said,) = await stage.said(ComplaintSupplemented)
    opened = stage.host.runtime.sealer.open_  # audience is checked by the key that opens it
    assert "法院尚未开庭" not in said.model_dump_json()
    assert said.narrative.audience == "routing"
    with_routing = opened(said.narrative, subject=str(complaint_id))
    narrative = Narrative.model_validate_json(with_routing)
    assert narrative.text.startswith(TEXT)
    assert narrative.text.endswith("法院尚未开庭")
    assert [proof.reference for proof in narrative.proofs] == ["照片第3张"]
    found, entries = await shown(stage, complaint_id)
    assert (found["missing"], found["supplement_until"]) == ([], None)
    assert entries[-1]["title"] == "已补充材料"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "NOTHING_SUPPLIED"),
        ({"text": "  "}, "NOTHING_SUPPLIED"),
        ({"proofs": [{"item": "SHOE", "reference": "1"}]}, "ITEM_UNKNOWN"),
    ],
)
async def test_something_must_be_supplied(stage: Stage, body: Any, code: str) -> None:
    """T03: the guard."""
    complaint_id = await filed(stage)
    await stage.hear(request(stage, complaint_id))
    status, answer = await supply(stage, complaint_id, body)
    assert (status, answer["code"]) == (422, code)


async def test_only_what_was_asked_for_can_be_supplied(stage: Stage) -> None:
    """T03: not before, not twice, and not for somebody else."""
    complaint_id = await filed(stage)
    status, answer = await supply(stage, complaint_id)
    assert (status, answer["code"]) == (409, "COMPLAINT_STATE_FORBIDS")
    await stage.hear(request(stage, complaint_id))
    async with stage.client(owner(BORIS)) as boris:
        path = f"/complaints/{complaint_id}/supplement"
        theirs = await boris.post(path, json=SUPPLIED, headers=once())
    assert (theirs.status_code, theirs.json()["code"]) == (404, "COMPLAINT_NOT_FOUND")
    assert (await supply(stage, complaint_id))[0] == 200
    assert (await supply(stage, complaint_id))[0] == 409


async def test_a_request_that_comes_again_asks_nothing(stage: Stage) -> None:
    """X36, X37: after the answer, or after a newer one, the old question is not asked again."""
    complaint_id = await filed(stage)
    first = request(stage, complaint_id)
    await stage.hear_after_forgetting(first)
    await supply(stage, complaint_id)
    await stage.hear(first)
    assert (await shown(stage, complaint_id))[0]["state"] == "SUBMITTED"
    await stage.hear(request(stage, complaint_id, version=4, words=None))
    assert (await shown(stage, complaint_id))[0]["state"] == "NEED_INFO"
    assert len(await stage.said(ComplaintInfoRequested)) == 2


async def test_a_request_after_acceptance_is_not_made(stage: Stage) -> None:
    """X37."""
    complaint_id = await filed(stage)
    await stage.hear(routing.CaseCreated(case=case_of(complaint_id, version=1)))
    await stage.hear(request(stage, complaint_id))
    assert (await shown(stage, complaint_id))[0]["state"] == "ACCEPTED"


async def test_nothing_supplied_is_not_accepted(stage: Stage) -> None:
    """T04: NO_INFO; the reporter may submit again."""
    complaint_id = await filed(stage)
    await stage.hear(request(stage, complaint_id))
    refused = refusal(complaint_id, RefusalReason.NO_INFO)
    await stage.hear(routing.ComplaintRefused(complaint=refused))
    found, _ = await shown(stage, complaint_id)
    assert (found["state"], found["refusal_reason"]) == ("NOT_ACCEPTED", "NO_INFO")
    assert found["missing"] == []
    (said,) = await stage.said(ComplaintNotAccepted)
    assert said.reason is RefusalReason.NO_INFO


async def test_what_was_supplied_in_time_is_not_refused_for_want_of_it(stage: Stage) -> None:
    """X37: the refusal crossed the supplement; routing takes it up again."""
    complaint_id = await filed(stage)
    await stage.hear(request(stage, complaint_id))
    await supply(stage, complaint_id)
    crossed = routing.ComplaintRefused(complaint=refusal(complaint_id, RefusalReason.NO_INFO))
    await stage.hear(crossed)
    assert (await shown(stage, complaint_id))[0]["state"] == "SUBMITTED"
    assert await stage.said(ComplaintNotAccepted) == []


async def test_accepted_with_what_is_there(stage: Stage) -> None:
    """T04: handleable as it is; the question falls away."""
    complaint_id = await filed(stage)
    await stage.hear(request(stage, complaint_id))
    case = case_of(complaint_id, version=1, state=CaseStatus.TO_DISPATCH)
    await stage.hear(routing.CaseCreated(case=case))
    found, _ = await shown(stage, complaint_id)
    assert (found["state"], found["missing"]) == ("ACCEPTED", [])
    assert len(await stage.said(ComplaintAccepted)) == 1


async def test_a_desk_explains_its_refusal(stage: Stage) -> None:
    """T05: version 2 of the event carries the words, and only the reporter reads them."""
    complaint_id = await filed(stage)
    words = "此案已由法院审理，请向法院了解进展。"
    sealer = stage.host.runtime.sealer
    sealed = sealer.seal(words, audience="intake", subject=f"{complaint_id}/refusal")
    refused = refusal(complaint_id, RefusalReason.IN_COURT, version=2)
    await stage.hear_after_forgetting(ComplaintRefusedByDesk(complaint=refused, words=sealed))
    found, entries = await shown(stage, complaint_id)
    assert (found["state"], found["refusal_reason"]) == ("NOT_ACCEPTED", "IN_COURT")
    assert words in entries[-1]["text"]
    (said,) = await stage.said(ComplaintNotAccepted)
    assert words not in said.model_dump_json()


async def test_the_same_key_supplies_once(stage: Stage) -> None:
    """X36: sent again when in doubt."""
    complaint_id = await filed(stage)
    await stage.hear(request(stage, complaint_id))
    key = once()
    async with stage.client(owner(ANNA)) as anna:
        path = f"/complaints/{complaint_id}/supplement"
        first = await anna.post(path, json=SUPPLIED, headers=key)
        again = await anna.post(path, json=SUPPLIED, headers=key)
    assert (first.status_code, again.status_code) == (200, 200)
    assert len(await stage.said(ComplaintSupplemented)) == 1
    assert stage.clock.now() - UNTIL < timedelta(0)
