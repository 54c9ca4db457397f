"""Work orders in full: every field, places by name, signatures, corrections (B03, facts 2.4)."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from shared.contracts import routing
from shared.contracts.directory import UNPLACED_ESTATE
from shared.contracts.intake import ComplaintSubmitted, ComplaintSupplemented
from shared.contracts.narrative import Narrative
from shared.signatures import sign
from tests.intake.orders import CLIENT, KEY, STRANGERS_MOBILE, named_order, signed
from tests.intake.people import ANNA, GARDEN, TEXT, hotline, owner
from tests.samples import a_case
from tests.stage import START, Stage

WHOLE: dict[str, Any] = {
    "received_at": "2026-03-02T08:50:00+08:00",
    "source": "PHONE",
    "request_type": "HELP",
    "urgency": "URGENT",
    "category": "EQ01",
    "complained_of": "某物业公司",
    "division": "421202",
    "building": "1号楼",
    "unit": "1单元",
    "room": "101",
    "place": "一楼楼道",
    "reporter_name": "演示来电人",
    "reporter_mobile": STRANGERS_MOBILE,
    "reporter_phone": "0715-8000000",
    "reporter_gender": "FEMALE",
    "confidential": True,
    "revisit_wished": True,
    "group": True,
    "people": 12,
    "attachments": [{"name": "通话录音", "reference": "recording/2026/1"}],
    "related_orders": ["XN12345-20260228-0001"],
}


async def pushed(stage: Stage, order: dict[str, Any], **headers: str) -> Any:
    async with stage.client() as adapter:
        return await adapter.post("/hotline/orders", **signed(stage, order, **headers))


async def narrative_of(
    stage: Stage, event: ComplaintSubmitted | ComplaintSupplemented
) -> Narrative:
    opened = stage.host.runtime.sealer.open_(event.narrative, subject=str(event.complaint.id))
    return Narrative.model_validate_json(opened)


async def kept(stage: Stage, complaint_id: str) -> dict[str, Any]:
    """The row, with its ciphertext opened."""
    pool = await stage.host.runtime.database.pool()
    (found,) = await pool.fetch("SELECT * FROM complaint WHERE id = $1", UUID(complaint_id))
    row = dict(found)
    for column in ("contact_name", "contact_mobile", "details"):
        if row[column] is not None:
            assert STRANGERS_MOBILE not in row[column]
            row[column] = stage.host.runtime.cipher.decrypt(
                row[column], table="complaint", row_id=row["id"], column=column
            )
    return row


async def test_an_order_keeps_every_field_and_its_place_is_found_by_name(stage: Stage) -> None:
    """B03, B04: the estate and the building by their names, the caller as ciphertext only."""
    answer = await pushed(stage, named_order(**WHOLE))
    assert answer.status_code == 201, answer.text
    row = await kept(stage, answer.json()["id"])
    assert (row["estate_id"], row["building_id"]) == (GARDEN.id, GARDEN.building("1").id)
    assert row["place"] == "1号楼1单元101 一楼楼道"
    assert (row["contact_name"], row["contact_mobile"]) == ("演示来电人", STRANGERS_MOBILE)
    details = json.loads(row["details"])
    for name in ("source", "request_type", "urgency", "complained_of", "reporter_phone", "people"):
        assert details[name] == WHOLE[name]
    assert details["attachments"] == WHOLE["attachments"]
    assert details["related_orders"] == WHOLE["related_orders"]
    (said,) = await stage.said(ComplaintSubmitted)
    assert said.promised_from == START - timedelta(minutes=5)
    assert said.complaint.confidential
    for secret in (STRANGERS_MOBILE, "演示来电人", "0715-8000000", TEXT, "101"):
        assert secret not in said.complaint.model_dump_json()


@pytest.mark.parametrize(
    "name", ["温泉花园", "温泉花园小区", "温泉 花园（演示）", "温泉花园(演示)"]
)
async def test_an_estate_is_known_by_the_names_people_use(stage: Stage, name: str) -> None:
    answer = await pushed(stage, named_order(estate=name))
    assert (await kept(stage, answer.json()["id"]))["estate_id"] == GARDEN.id


@pytest.mark.parametrize(
    "changes",
    [{"estate": "无人知晓苑"}, {"estate": "温泉"}, {"division": "421281"}, {"estate": None}],
    ids=["unknown", "a part of a name", "another county", "none"],
)
async def test_a_place_nobody_knows_is_kept_and_waits_for_a_person(
    stage: Stage, changes: dict[str, Any]
) -> None:
    """B03: no order is lost for want of an estate."""
    answer = await pushed(stage, named_order(place="红绿灯旁", **changes))
    assert answer.status_code == 201, answer.text
    row = await kept(stage, answer.json()["id"])
    assert row["estate_id"] == UNPLACED_ESTATE
    assert (changes.get("estate") or "") in row["place"]
    assert "红绿灯旁" in row["place"]
    (said,) = await stage.said(ComplaintSubmitted)
    assert said.complaint.division == changes.get("division", "421202")


@pytest.mark.parametrize(
    ("said", "looks"),
    [
        ("421202001", "421202001"),
        ("421202002003", "421202002"),
        ("4212810", "421281"),
        ("4212", "421202"),
        ("110101", "421202"),
        (None, "421202"),
    ],
)
async def test_the_orders_own_division_says_whose_centre_looks(
    stage: Stage, said: str | None, looks: str
) -> None:
    """B03: a street, a county; what is too wide or of another city goes where all others go."""
    await pushed(stage, named_order(estate="无人知晓苑", division=said))
    (event,) = await stage.said(ComplaintSubmitted)
    assert event.complaint.division == looks
    assert event.complaint.number.startswith(f"SQ{looks[:6]}-")


async def test_no_owner_is_offered_the_estate_that_is_none(stage: Stage) -> None:
    async with stage.client(owner(ANNA)) as anna:
        found = (await anna.get("/estates", params={"query": "待核实"})).json()["items"]
        every = (await anna.get("/estates", params={"limit": 100})).json()["items"]
    assert str(UNPLACED_ESTATE) not in {each["id"] for each in (*found, *every)}
    assert every


async def test_a_signature_is_as_good_as_a_token_and_may_come_twice(stage: Stage) -> None:
    """B03: a true copy within five minutes is the same order again."""
    first, again = await pushed(stage, named_order()), await pushed(stage, named_order())
    async with stage.client(hotline()) as adapter:
        by_token = await adapter.post("/hotline/orders", json=named_order())
    assert first.status_code == again.status_code == by_token.status_code == 201
    assert first.content == again.content == by_token.content
    assert again.headers["idempotent-replayed"] == "true"
    assert await stage.count("complaint") == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"liuduan-client": "another"},
        {"liuduan-client": ""},
        {"webhook-id": "msg_2"},
        {"webhook-timestamp": "1772413199"},
        {"webhook-signature": "v1,AAAA"},
        {"webhook-signature": ""},
    ],
    ids=["client", "no client", "id", "time", "signature", "empty"],
)
async def test_what_is_not_truly_signed_is_refused(stage: Stage, headers: dict[str, str]) -> None:
    answer = await pushed(stage, named_order(), **headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "SIGNATURE_REJECTED")
    assert await stage.count("complaint") == 0


@pytest.mark.parametrize(("late", "status"), [(300, 201), (301, 401), (-300, 201), (-301, 401)])
async def test_a_signature_is_good_for_300_seconds(stage: Stage, late: int, status: int) -> None:
    body = json.dumps(named_order()).encode()
    headers = sign(body, id="msg_1", at=stage.clock.now() - timedelta(seconds=late), keys=[KEY])
    headers |= {"liuduan-client": CLIENT, "content-type": "application/json"}
    async with stage.client() as adapter:
        answer = await adapter.post("/hotline/orders", content=body, headers=headers)
    assert answer.status_code == status, answer.text


async def test_the_same_order_in_other_words_is_added_to_the_first(stage: Stage) -> None:
    """B03: one complaint, the first answer; what is other now is told to whoever handles it, once
    for each wording, and the caller's new number replaces the old one.
    """
    first = await pushed(stage, named_order(reporter_mobile=STRANGERS_MOBILE))
    complaint_id = UUID(first.json()["id"])
    await stage.hear(routing.CaseCreated(case=a_case(complaint_ids=(complaint_id,), version=1)))
    corrected = named_order(
        text="更正：损坏的是三楼楼道灯和电梯厅灯", reporter_mobile="13900000043"
    )
    answers = [await pushed(stage, corrected) for _ in range(2)]
    assert [each.content for each in answers] == [first.content] * 2
    (said,) = await stage.said(ComplaintSupplemented)
    narrative = await narrative_of(stage, said)
    assert narrative.text.startswith(TEXT)
    assert "内容更正为：更正：损坏的是三楼楼道灯和电梯厅灯" in narrative.text
    row = await kept(stage, str(complaint_id))
    assert (row["state"], row["contact_mobile"]) == ("ACCEPTED", "13900000043")
    assert await stage.count("complaint_timeline", "title = '热线更正'") == 1
    assert await stage.count("hotline_correction") == 1
    assert await stage.count("hotline_correction", "body LIKE '%电梯%'") == 0


async def test_a_correction_is_of_what_was_said_last(stage: Stage) -> None:
    """B03: back to the first wording is a correction too; what stands in the text already, none."""
    first = named_order(text=f"{TEXT}\n【附】业主已多次反映", reporter_name="演示来电人")
    other = first | {"text": TEXT + "，请尽快"}
    await pushed(stage, first)
    await pushed(stage, first | {"revisit_wished": True})
    assert await stage.said(ComplaintSupplemented) == []
    for order in (other, other, first, other, other):
        await pushed(stage, order)
    told = [await narrative_of(stage, each) for each in await stage.said(ComplaintSupplemented)]
    assert [each.text.rpartition("内容更正为：")[2] for each in told] == [
        other["text"],
        first["text"],
        other["text"],
    ]


async def test_a_correction_supplies_what_was_asked_for(stage: Stage) -> None:
    """T03: the hotline answers for the citizen."""
    complaint_id = UUID((await pushed(stage, named_order())).json()["id"])
    await stage.hear(
        routing.InformationRequested(
            request=routing.InformationRequest(
                id=complaint_id,
                version=1,
                missing=("DETAILS",),
                until=stage.clock.now() + timedelta(days=3),
            )
        )
    )
    await pushed(stage, named_order(text=TEXT + "，位置在一单元三楼"))
    assert (await kept(stage, str(complaint_id)))["state"] == "SUBMITTED"
    assert len(await stage.said(ComplaintSupplemented)) == 1


async def test_what_is_over_is_corrected_on_file_only(stage: Stage) -> None:
    """B02: a refused order stays refused; the correction is kept."""
    complaint_id = UUID((await pushed(stage, named_order())).json()["id"])
    refused = routing.RefusedComplaint(
        id=complaint_id, version=1, reason="POLICE", hint="请拨打110报警"
    )
    await stage.hear(routing.ComplaintRefused(complaint=refused))
    assert (await pushed(stage, named_order(text=TEXT + "，请尽快"))).status_code == 201
    assert await stage.said(ComplaintSupplemented) == []
    assert await stage.count("hotline_correction") == 1


async def test_two_wordings_at_once_are_one_complaint(stage: Stage) -> None:
    """B03, X36."""
    answers = await asyncio.gather(
        pushed(stage, named_order()), pushed(stage, named_order(text=TEXT + "，请尽快"))
    )
    assert {each.status_code for each in answers} == {201}
    assert answers[0].json()["number"] == answers[1].json()["number"]
    assert await stage.count("complaint") == 1
    assert await stage.count("hotline_correction") == 1


@pytest.mark.parametrize(
    "change",
    [
        {"request_type": "GOSSIP"},
        {"people": 0},
        {"related_orders": ["x"]},
        {"attachments": [{"name": "a"}]},
        {"reporter_phone": "call me"},
        {"accepted_at": "0001-01-01T00:00:00+14:00"},
        {"order_number": "x"},
    ],
    ids=lambda change: next(iter(change)),
)
async def test_a_field_that_cannot_be_is_named(stage: Stage, change: dict[str, Any]) -> None:
    answer = await pushed(stage, named_order(**change))
    assert (answer.status_code, answer.json()["code"]) == (422, "INVALID_FIELDS"), answer.text
    assert next(iter(change)) in answer.text
