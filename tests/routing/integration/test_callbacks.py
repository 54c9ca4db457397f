"""Signed callbacks: who may, once, in time, and never more than the organisation's people may."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx

from deploy.demo import world
from shared.contracts import routing as said
from shared.contracts.vocabulary import Channel
from shared.signatures import SharedSecret
from tests.routing.drama import FEES, Drama, staff

STREET = staff("zhongzhi.wenquan")
HOUSING = world.department("HOUSING", "421202")
FIRE = world.department("FIRE_RESCUE", "421202")


async def test_a_department_signs_and_hands_in(drama: Drama) -> None:
    """T11, T24 by callback: as its officer would, in the timeline as the department's end."""
    case_id, number = await _at_housing(drama)
    signed = await _tell(drama, {"type": "case.signed", "case_number": number})
    assert (signed.status_code, signed.json()["state"]) == (200, "HANDLING")
    result = {
        "type": "case.result",
        "case_number": number,
        "result_code": "EXPLAINED",
        "text": "已核查账目",
        "proof": ["咸住新函〔2026〕1号"],
    }
    answer = await _tell(drama, result)
    assert answer.json()["state"] == "RESULT_REVIEW"
    entries = (await drama.see(STREET, f"/cases/{case_id}/timeline"))["items"]
    assert [entry["actor_end"] for entry in entries][-2:] == ["DEPARTMENT", "DEPARTMENT"]
    rows = await drama.rows("SELECT submitted_by FROM case_result")
    keys = await drama.rows(
        "SELECT id FROM integration_key WHERE organisation_id = :id", id=HOUSING
    )
    assert rows[0]["submitted_by"] == keys[0]["id"], "the key is who acted"


async def test_a_repetition_is_answered_and_changes_nothing(drama: Drama) -> None:
    """P14: the same webhook id has one effect; with another body it is refused."""
    _, number = await _at_housing(drama)
    message = {"type": "case.signed", "case_number": number}
    first = await _tell(drama, message, id="m-1")
    again = await _tell(drama, message, id="m-1")
    assert first.content == again.content
    assert again.headers["Idempotent-Replayed"] == "true"
    assert len(await drama.stage.said(said.CaseSigned)) == 1
    reused = await _tell(drama, message | {"case_number": "XN421202-20260302-00009"}, id="m-1")
    assert (reused.status_code, reused.json()["code"]) == (409, "WEBHOOK_ID_REUSED")


async def test_what_failed_may_be_sent_again_under_its_id(drama: Drama) -> None:
    """A refused callback leaves no trace: after the reason is gone it takes effect."""
    case_id, number = await _at_housing(drama, dispatched=False)
    message = {"type": "case.signed", "case_number": number}
    assert (await _tell(drama, message, id="m-2")).status_code == 404, "not yet assigned"
    await _dispatch(drama, case_id)
    assert (await _tell(drama, message, id="m-2")).status_code == 200


async def test_signatures(drama: Drama) -> None:
    """Standard Webhooks, 300 s: wrong key, stale, future, unknown organisation, no key: 401."""
    _, number = await _at_housing(drama)
    message = {"type": "case.signed", "case_number": number}
    foreign = SharedSecret.generate().text()
    refused = [
        await _tell(drama, message, secret=foreign),
        await _tell(drama, message, signed_at=drama.now - timedelta(seconds=301)),
        await _tell(drama, message, signed_at=drama.now + timedelta(seconds=301)),
        await drama.call_back("department", uuid4(), message),
        await drama.call_back("department", world.centre("421202"), message),
    ]
    assert {answer.status_code for answer in refused} == {401}
    assert {answer.json()["code"] for answer in refused} == {"SIGNATURE_REJECTED"}
    on_time = await _tell(drama, message, signed_at=drama.now - timedelta(seconds=300))
    assert on_time.status_code == 200


async def test_another_departments_case_does_not_exist(drama: Drama) -> None:
    """A06: 消防 cannot act on 住新's case, nor a court on a department's."""
    _, number = await _at_housing(drama)
    message = {"type": "case.signed", "case_number": number}
    assert (await drama.call_back("department", FIRE, message)).status_code == 404
    court = world.court("421202")
    assert (await drama.call_back("department", court, message)).status_code == 404
    assert (await drama.call_back("court", HOUSING, message)).status_code == 422


async def test_malformed_messages_are_refused(drama: Drama) -> None:
    """Unknown types, unknown fields and wrong types are 422, after the signature."""
    _, number = await _at_housing(drama)
    for message in (
        {"type": "case.closed", "case_number": number},
        {"type": "case.signed", "case_number": number, "extra": 1},
        {"type": "case.signed"},
        {"type": "case.result", "case_number": number, "result_code": "FINE", "text": "好"},
    ):
        assert (await _tell(drama, message)).status_code == 422


async def _tell(drama: Drama, message: Mapping[str, Any], **how: Any) -> httpx.Response:
    return await drama.call_back("department", HOUSING, message, **how)


async def _at_housing(drama: Drama, *, dispatched: bool = True) -> tuple[UUID, str]:
    case_id = await drama.submit(FEES, channel=Channel.HOTLINE)
    if dispatched:
        await _dispatch(drama, case_id)
    return case_id, (await drama.row(case_id))["number"]


async def _dispatch(drama: Drama, case_id: UUID) -> None:
    await drama.act(STREET, case_id, "dispatch", {"organisation_id": str(HOUSING)})
