"""X15: without an account a complaint is looked up by number and code."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.intake.complaints.lookup_codes import SIGNS, code_of, is_code_of
from shared.contracts.intake import ComplaintSupplemented
from shared.ids import new_id
from shared.privacy import BlindIndex, KeyRing
from tests.environment import environment
from tests.intake.people import ANNA, TEXT, complaint, hotline, once, owner
from tests.intake.test_supplying import request
from tests.stage import Stage

INDEX = BlindIndex(KeyRing.parse(environment()["LIUDUAN_BLIND_INDEX_KEYS"]))
SUPPLIED = {"text": "在三号楼二单元门口"}


async def receipt(stage: Stage, key: str | None = None, **changes: Any) -> dict[str, Any]:
    async with stage.client(owner(ANNA)) as anna:
        answer = await anna.post("/complaints", json=complaint(**changes), headers=once(key))
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def look_up(stage: Stage, path: str = "", **body: Any) -> tuple[int, Any]:
    async with stage.client() as nobody:
        answer = await nobody.post(f"/lookups{path}", json=body)
    return answer.status_code, answer.json()


@given(st.uuids())
def test_a_code_is_ten_signs_that_nobody_confuses(complaint_id: UUID) -> None:
    """However it is typed; and the code of one complaint opens no other."""
    code = code_of(INDEX, complaint_id)
    plain = code.replace("-", "")
    assert (len(code), len(plain)) == (11, 10)
    assert set(plain) <= set(SIGNS)
    assert not set(plain) & set("ILOU")
    typed = plain.replace("0", "o").replace("1", "l").lower()
    assert is_code_of(INDEX, complaint_id, f" {typed[:3]} {typed[3:]}")
    assert not is_code_of(INDEX, new_id(), code)
    assert not is_code_of(INDEX, complaint_id, "号码不对")


async def test_an_anonymous_receipt_has_a_code_and_a_named_one_none(stage: Stage) -> None:
    """X15: the same at a replay; nothing of it is stored."""
    first = await receipt(stage, "anonymous-1", anonymous=True)
    assert first["code"]
    assert (await receipt(stage, "anonymous-1", anonymous=True))["code"] == first["code"]
    assert (await receipt(stage))["code"] is None
    stored = f"complaint::text LIKE '%{first['code']}%'"
    assert await stage.count("complaint", stored) == 0


async def test_it_opens_how_it_stands_and_nobodys_account(stage: Stage) -> None:
    """X15: state and timeline; neither the account nor the words."""
    filed = await receipt(stage, anonymous=True)
    typed = filed["code"].replace("-", "").lower()
    status, found = await look_up(stage, number=filed["number"], code=typed)
    assert (status, found["state_name"]) == (200, "已提交待受理")
    assert [entry["title"] for entry in found["timeline"]] == ["已提交"]
    for secret in (str(ANNA.id), filed["id"], TEXT, str(ANNA.mobile)):
        assert secret not in str(found)


async def test_every_refusal_is_the_same(stage: Stage) -> None:
    """Unknown number, wrong code, and a named complaint, whose reporter signs in."""
    anonymous, named = await receipt(stage, anonymous=True), await receipt(stage)
    right = code_of(stage.host.runtime.blind_index, UUID(named["id"]))
    answers = [
        await look_up(stage, number="SQ421202-20260302-99999", code=anonymous["code"]),
        await look_up(stage, number=anonymous["number"], code="00000-00000"),
        await look_up(stage, number=named["number"], code=right),
    ]
    assert {(status, answer["code"]) for status, answer in answers} == {(404, "LOOK_UP_REFUSED")}
    assert len({answer["detail"] for _, answer in answers}) == 1


async def test_codes_cannot_be_tried_out(stage: Stage) -> None:
    """Twenty an hour for a number, also the right one; and sixty from one address."""
    filed = await receipt(stage, anonymous=True)
    right = {"number": filed["number"], "code": filed["code"]}
    unknown = [f"SQ-unknown-{number}" for number in range(40)]
    async with stage.client() as nobody:
        for number in [filed["number"]] * 20 + unknown:
            body = {"number": number, "code": "00000-00000"}
            assert (await nobody.post("/lookups", json=body)).status_code == 404
    status, answer = await look_up(stage, **right)
    assert (status, answer["code"]) == (429, "TOO_MANY_LOOK_UPS")
    assert answer["retry_after_seconds"] == 3600
    assert (await look_up(stage, number="SQ-unknown-more", code="00000-00000"))[0] == 429
    stage.clock.move_to(stage.clock.now() + timedelta(hours=1, seconds=1))
    assert (await look_up(stage, **right))[0] == 200


async def test_what_was_asked_for_is_supplied_without_an_account(stage: Stage) -> None:
    """T02, T03, X15: once; by nobody in particular."""
    filed = await receipt(stage, anonymous=True)
    keys = {"number": filed["number"], "code": filed["code"]}
    await stage.hear(request(stage, UUID(filed["id"])))
    status, found = await look_up(stage, **keys)
    assert (status, len(found["missing"])) == (200, 2)
    assert found["supplement_until"] == "2026-03-08T00:00:00+08:00"
    wrong = await look_up(stage, "/supplement", **keys | {"code": "00000-00000"}, **SUPPLIED)
    assert (wrong[0], wrong[1]["code"]) == (404, "LOOK_UP_REFUSED")
    status, found = await look_up(stage, "/supplement", **keys, **SUPPLIED)
    assert (status, found["state"], found["missing"]) == (200, "SUBMITTED", [])
    assert (await look_up(stage, "/supplement", **keys, **SUPPLIED))[0] == 409
    (said,) = await stage.said(ComplaintSupplemented)
    assert said.complaint.owner_id is None
    assert await stage.count("audit_entry", f"actor_id = '{ANNA.id}'") == 0


async def test_the_hotlines_reporter_has_a_code_as_well(stage: Stage) -> None:
    """X15, B03: whoever came through another door may have no account."""
    order = complaint(
        order_number="12345-0001", accepted_at="2026-03-02T08:55:00+08:00", title="楼道灯"
    )
    async with stage.client(hotline()) as adapter:
        filed = (await adapter.post("/hotline/orders", json=order)).json()
    status, found = await look_up(stage, number=filed["number"], code=filed["code"])
    assert (status, found["state"]) == (200, "SUBMITTED")
