"""Vexatious filing is shown to a person, with evidence, and never refused for it (T05)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from shared.contracts import routing
from shared.contracts.routing import RefusedComplaint
from shared.contracts.vocabulary import RefusalReason
from shared.ids import new_id
from tests.intake.people import (
    ANNA,
    GARDEN,
    IN_TWO_COUNTIES,
    RIVER_VIEW,
    complaint,
    once,
    owner,
)
from tests.intake.test_following import case_of, filed
from tests.intake.test_ledger import COUNTY, ELSEWHERE, NOWHERE
from tests.stage import Stage

SAME = "三号楼电梯停运两天没有人来修，老人无法下楼，请尽快处理"


async def accepted(stage: Stage, **changes: Any) -> UUID:
    complaint_id = await filed(stage, **changes)
    case = case_of(complaint_id, id=new_id(), version=1)
    await stage.hear(routing.CaseCreated(case=case))
    return complaint_id


async def refused(stage: Stage, reason: RefusalReason = RefusalReason.ABUSIVE) -> UUID:
    complaint_id = await filed(stage)
    complaint = RefusedComplaint(id=complaint_id, version=1, reason=reason, hint="-")
    await stage.hear(routing.ComplaintRefused(complaint=complaint))
    return complaint_id


async def flags(stage: Stage, actor: Any = COUNTY, **query: Any) -> list[dict[str, Any]]:
    async with stage.client(actor) as client:
        answer = await client.get("/flags", params=query)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


async def decide(stage: Stage, flag_id: str, actor: Any = COUNTY) -> tuple[int, Any]:
    body = {"decision": "NOTE", "reason": "同一问题多次提交"}
    async with stage.client(actor) as client:
        answer = await client.post(f"/flags/{flag_id}/decision", json=body, headers=once())
    return answer.status_code, answer.json()


async def test_the_fifth_of_the_same_is_shown_with_evidence(stage: Stage) -> None:
    """Five near-identical within thirty days; further ones are taken, and added to it."""
    ids = [await accepted(stage, text=f"{SAME}！{n}") for n in range(4)]
    await accepted(stage, text="楼道照明全部损坏，夜里看不见路")
    await accepted(stage, text=SAME, anonymous=True)
    assert await flags(stage) == []
    ids.append(await accepted(stage, text=f"{SAME}。"))
    (flag,) = await flags(stage)
    assert (flag["kind"], flag["state"]) == ("REPEATED", "OPEN")
    assert {each["complaint_id"] for each in flag["evidence"]} == set(map(str, ids))
    assert str(ANNA.id) not in str(flag)
    ids.append(await accepted(stage, text=f"{SAME}？"))
    (flag,) = await flags(stage, state="OPEN")
    assert len(flag["evidence"]) == 6
    assert await stage.count("audit_entry", "action = 'account.flagged'") == 1


async def test_abuse_is_shown_and_a_person_decides(stage: Stage) -> None:
    """T05: three refused as abusive; what was refused otherwise does not count."""
    await refused(stage, RefusalReason.OUT_OF_SCOPE)
    for _ in range(2):
        await refused(stage)
    assert await flags(stage) == []
    await refused(stage)
    (flag,) = await flags(stage)
    assert (flag["kind_name"], len(flag["evidence"])) == ("侮辱谩骂", 3)
    for stranger in (ELSEWHERE, NOWHERE):
        assert await flags(stage, stranger) == []
        assert (await decide(stage, flag["id"], stranger))[0] == 404
    status, answer = await decide(stage, flag["id"])
    assert (status, answer["state"]) == (200, "NOTED")
    again = await decide(stage, flag["id"])
    assert (again[0], again[1]["code"]) == (409, "FLAG_DECIDED")
    assert await stage.count("account_flag", "reason LIKE '%多次%'") == 0
    assert await filed(stage), "whoever was flagged is heard like anybody"
    async with stage.client(owner(ANNA)) as anna:
        answer = await anna.get("/flags")
    assert (answer.status_code, answer.json()["code"]) == (403, "CENTRE_ONLY")


async def refused_of(stage: Stage, estate: Any, **changes: Any) -> UUID:
    async with stage.client(owner(IN_TWO_COUNTIES)) as client:
        body = complaint(estate_id=str(estate.id), **changes)
        answer = await client.post("/complaints", json=body, headers=once())
    assert answer.status_code == 201, answer.text
    told = RefusedComplaint(
        id=UUID(answer.json()["id"]), version=1, reason=RefusalReason.ABUSIVE, hint="-"
    )
    await stage.hear(routing.ComplaintRefused(complaint=told))
    return told.id


async def test_each_division_sees_what_was_filed_there(stage: Stage) -> None:
    """X16: elsewhere is no evidence here, nor is what was told in confidence."""
    mine = [await refused_of(stage, GARDEN) for _ in range(2)]
    await refused_of(stage, RIVER_VIEW)
    await refused_of(stage, GARDEN, confidential=True)
    assert await stage.count("account_flag") == 0
    mine.append(await refused_of(stage, GARDEN))
    (flag,) = await flags(stage)
    assert {each["complaint_id"] for each in flag["evidence"]} == set(map(str, mine))
    assert await flags(stage, ELSEWHERE) == []


async def test_what_was_decided_is_not_raised_again(stage: Stage) -> None:
    """T05: a person has looked at these; new ones count anew."""
    for _ in range(3):
        await refused(stage)
    (flag,) = await flags(stage)
    assert (await decide(stage, flag["id"]))[0] == 200
    fresh = [await refused(stage) for _ in range(2)]
    abusive = "state = 'OPEN' AND kind = 'ABUSIVE'"
    assert await stage.count("account_flag", abusive) == 0
    fresh.append(await refused(stage))
    (again,) = [each for each in await flags(stage, state="OPEN") if each["kind"] == "ABUSIVE"]
    assert {each["complaint_id"] for each in again["evidence"]} == set(map(str, fresh))


async def test_further_evidence_replaces_none(stage: Stage) -> None:
    ids = [await accepted(stage, text=f"{SAME}！{n}") for n in range(5)]
    stage.clock.advance(timedelta(days=2))
    ids += [await accepted(stage, text=f"楼道照明全部损坏，夜里看不见路！{n}") for n in range(5)]
    (flag,) = await flags(stage)
    assert {each["complaint_id"] for each in flag["evidence"]} == set(map(str, ids))
