"""Operations made offline: each applied once, behind the same policies as at the desk."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

from shared.contracts import routing as said
from tests.routing.drama import FEES, NOISE, Drama, Place, staff
from tests.routing.field.device import LEADER, OTHER_WORKER, STREET, Device


async def test_a_day_in_the_field(drama: Drama, device: Device) -> None:
    """A02, W1: signed, mediated with community and company, agreed; all of it told at once."""
    case_id = await drama.submit(NOISE)
    device.sign(case_id)
    drama.stage.clock.advance(timedelta(minutes=5))
    device.make("mediation", case_id)
    drama.stage.clock.advance(timedelta(minutes=25))
    device.session(case_id)
    drama.stage.clock.advance(timedelta(minutes=5))
    device.make("agreement", case_id, kind="ORAL", content="夜间铺设地垫")
    assert await device.outcomes() == ["APPLIED"] * 4
    assert (await drama.row(case_id))["state"] == "RESULT_REVIEW"
    assert (await drama.clock(case_id, "MEDIATION_START"))["state"] == "MET"
    assert await device.outcomes() == ["ALREADY_APPLIED"] * 4
    assert len(await drama.stage.said(said.CaseSigned)) == 1


async def test_the_order_is_that_of_making(drama: Drama, device: Device) -> None:
    """A batch arrives in any order; within a case it takes effect as it was made."""
    case_id = await drama.submit(NOISE)
    sign = device.sign(case_id)
    drama.stage.clock.advance(timedelta(minutes=10))
    progress, result = device.progress(case_id), device.result(case_id)
    assert await device.outcomes(result, progress, sign) == ["APPLIED"] * 3
    rows = await drama.see(device.actor, f"/cases/{case_id}/timeline")
    assert [row["action"] for row in rows["items"]][-3:] == ["SIGN", "PROGRESS", "SUBMIT_RESULT"]


async def test_when_it_was_made_is_kept_beside_when_it_was_told(
    drama: Drama, device: Device
) -> None:
    """CK-03 is met when a session is received: nobody can date it back; both times are shown."""
    case_id = await drama.submit(NOISE)
    device.sign(case_id)
    device.make("mediation", case_id)
    drama.stage.clock.advance(timedelta(hours=1))
    made_at = drama.now
    device.session(case_id)
    drama.stage.clock.advance(timedelta(hours=2))
    await device.send()
    clock = await drama.clock(case_id, "MEDIATION_START")
    assert (clock["state"], clock["met_at"]) == ("MET", drama.now)
    line = (await drama.see(device.actor, f"/cases/{case_id}/timeline"))["items"][-1]
    assert line["action"] == "HOLD_SESSION"
    assert (line["happened_at"], line["at"]) == (made_at.isoformat(), drama.now.isoformat())


async def test_of_a_case_that_has_ended_nothing_waits(drama: Drama, device: Device) -> None:
    """Else the telephone would send it for ever, and nobody would hear that it came too late."""
    case_id = await drama.submit(NOISE, anonymous=True)
    await device.send(device.sign(case_id), device.result(case_id))
    await drama.act(LEADER, case_id, "review", {"decision": "APPROVE", "reply": "已处理"})
    for _ in range(2):
        await drama.pass_time(days=30)
    assert (await drama.row(case_id))["state"] == "CLOSED"
    (answer,) = await device.send(device.progress(case_id))
    assert (answer["problem"]["code"], answer["send_again"]) == ("ACTION_NOT_POSSIBLE", False)


async def test_a_bad_operation_stands_alone(drama: Drama, device: Device) -> None:
    """Nothing of the batch is lost: not for a missing field, a NUL, a number or another's case."""
    case_id = await drama.submit(NOISE)
    sign = device.sign(case_id)
    answers = await device.send(
        {"id": str(uuid4()), "type": "progress"},
        device.progress(case_id, text="空\x00字符"),
        device.make("dance", case_id),
        device.sign(uuid4()),
        sign,
        {},
    )
    codes = [each["problem"] and each["problem"]["code"] for each in answers]
    assert codes == [
        *("INVALID_FIELDS", "TEXT_NOT_STORABLE", "INVALID_FIELDS"),
        *("CASE_NOT_FOUND", None, "INVALID_FIELDS"),
    ]
    assert [each["id"] for each in answers][4:] == [sign["id"], None]
    assert [each["send_again"] for each in answers] == [False, False, False, True, False, False]
    nonsense: list[Any] = ["x", 5, None, [], {"type": []}]
    for raw in nonsense:
        answer = await device.post([raw, sign])
        assert [each["outcome"] for each in answer.json()["answers"]] == [
            "REFUSED",
            "ALREADY_APPLIED",
        ]


async def test_half_of_a_surrogate_pair_stands_alone(drama: Drama, device: Device) -> None:
    """A text that is no Unicode is refused by itself."""
    case_id = await drama.submit(NOISE)
    body = '{"operations": [{"id": "x", "type": "sign", "text": "\\ud800"}, %s]}'
    async with drama.client(device.actor) as client:
        answer = await client.post(
            "/field/sync",
            content=body % json.dumps(device.sign(case_id)),
            headers={"content-type": "application/json"},
        )
    assert [each["outcome"] for each in answer.json()["answers"]] == ["REFUSED", "APPLIED"]


async def test_the_same_id_with_another_content(drama: Drama, device: Device) -> None:
    case_id = await drama.submit(NOISE)
    sign = device.sign(case_id)
    assert await device.outcomes(sign) == ["APPLIED"]
    assert await device.code(sign | {"base_version": 2}) == "OPERATION_ID_REUSED"
    other = Device(drama, LEADER)
    assert await other.code(sign) != "OPERATION_ID_REUSED", "ids are the actor's own"


async def test_the_policies_are_those_of_the_desk(drama: Drama, device: Device) -> None:
    """A02, A05: only the assignee signs; another grid's case is not there; a leader notes."""
    case_id = await drama.submit(NOISE)
    for actor, code in ((LEADER, "NOT_YOUR_TASK"), (OTHER_WORKER, "CASE_NOT_FOUND")):
        other = Device(drama, actor)
        assert await other.code(other.sign(case_id)) == code
    await device.send(device.sign(case_id))
    leader = Device(drama, LEADER)
    assert await leader.outcomes(leader.progress(case_id), leader.persuasion(case_id)) == [
        "APPLIED",
        "APPLIED",
    ]
    medium = await drama.submit(FEES)
    await drama.act(STREET, medium, "signature")
    assert await device.code(device.make("mediation", medium)) == "NOT_YOUR_TASK"


async def test_who_has_a_stake_does_nothing(drama: Drama) -> None:
    """A13: 桂语 grid 3's worker manages the estate's company; the case is not his to touch."""
    own = Place("桂语雅苑（演示）", "1", "101")
    case_id = await drama.submit(NOISE, place=own)
    manager = Device(drama, staff("wuye.guiyu"))
    assert await manager.code(manager.sign(case_id)) == "NOT_YOUR_TASK"
    found = {"estate_id": str(own.estate_id), "building_id": str(own.building_id)}
    assert await manager.code(manager.finding(**found)) == "NOT_YOUR_TASK"


async def test_the_door_is_for_the_field(drama: Drama, device: Device) -> None:
    """A02, A05: not for the desk and not for the company."""
    case_id = await drama.submit(NOISE)
    for actor in (STREET, staff("wuye.wenquan")):
        answer = await Device(drama, actor).post([device.sign(case_id)])
        assert (answer.status_code, answer.json()["code"]) == (403, "FIELD_WORKERS_ONLY")


async def test_clocks_of_telephones_differ_a_little(drama: Drama, device: Device) -> None:
    """The rulebook's five minutes ahead are taken, more is not; the answer tells our time."""
    case_id = await drama.submit(NOISE)
    sign = device.sign(case_id)
    late = sign | {"made_at": (drama.now + timedelta(minutes=5, seconds=1)).isoformat()}
    assert await device.code(late) == "MADE_IN_THE_FUTURE"
    near = sign | {"made_at": (drama.now + timedelta(minutes=5)).isoformat()}
    answer = await device.post([near])
    assert answer.json()["now"] == drama.now.isoformat()
    assert answer.json()["answers"][0]["outcome"] == "APPLIED"


async def test_a_batch_has_its_limit(drama: Drama, device: Device) -> None:
    case_id = await drama.submit(NOISE)
    many = [device.progress(case_id) for _ in range(201)]
    answer = await device.post(many)
    assert (answer.status_code, answer.json()["code"]) == (413, "BATCH_TOO_LARGE")
    assert answer.json()["operations_at_most"] == 200
    assert (await device.post([])).status_code == 422


async def test_what_came_too_early_may_come_again(drama: Drama, device: Device) -> None:
    """Progress before the signature, in an earlier batch: refused for now, accepted later."""
    case_id = await drama.submit(NOISE)
    sign, progress = device.sign(case_id), device.progress(case_id)
    (early,) = await device.send(progress)
    assert (early["problem"]["code"], early["send_again"]) == ("ACTION_NOT_POSSIBLE", True)
    assert await device.outcomes(sign) == ["APPLIED"]
    assert await device.outcomes(progress) == ["APPLIED"]
