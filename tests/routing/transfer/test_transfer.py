"""T43, X12, CK-18: a case, or a part of it, goes to an authority outside the platform."""

from __future__ import annotations

from uuid import UUID

import pytest

from shared.contracts import routing as said
from shared.identity import Actor
from tests.routing.drama import FEES, FIRE, ILLEGAL, NOISE, Drama, Words, at, staff

WORKER = staff("wangge.wenquan2")
LEADER = staff("wanggezhang.wenquan")
STREET = staff("zhongzhi.wenquan")
OFFICE = staff("jiedao.wenquan")
ENFORCEMENT = staff("chengguan.xianan")
FUND = Words("物业挪用维修资金", "物业公司挪用住宅专项维修资金，账目不公开，请查处。", "FD02")
TO_POLICE = {"receiver": "POLICE", "reason": "涉嫌故意毁坏财物"}
RECEIPT = {"receipt": "接收回执第12号"}


async def test_a_whole_case_is_handed_over(drama: Drama) -> None:
    """T43: receiver, receipt, and the owner learns whom to call; no clock runs any more."""
    case_id = await drama.submit(FEES)
    await drama.act(STREET, case_id, "signature")
    await drama.act(STREET, case_id, "transfer", TO_POLICE)
    done = await drama.act(STREET, case_id, "transfer/handover", RECEIPT)
    assert (done["state"], done["result_code"]) == ("TRANSFERRED", "TO_AUTHORITY")
    (told,) = await drama.stage.said(said.CaseTransferred)
    assert (told.receiver, told.contact) == ("公安机关", "110")
    running = await drama.rows(
        "SELECT kind FROM clock WHERE subject_id = :id AND state = 'RUNNING'", id=case_id
    )
    assert running == [], "invariant 11"
    assert (await drama.clock(case_id, "TRANSFER"))["state"] == "MET"


async def test_a_part_is_handed_over_and_the_rest_goes_on(drama: Drama) -> None:
    """X12: the police part leaves, the civil part stays in the hands of its handler."""
    case_id = await drama.submit(FEES)
    await drama.act(STREET, case_id, "signature")
    await drama.act(STREET, case_id, "transfer", TO_POLICE | {"whole": False})
    done = await drama.act(STREET, case_id, "transfer/handover", RECEIPT)
    assert done["state"] == "HANDLING"
    (part,) = (await drama.see(STREET, f"/cases/{case_id}/transfers"))["items"]
    assert (part["receiver_name"], part["whole"], part["receipt"]) == (
        "公安机关",
        False,
        RECEIPT["receipt"],
    )
    assert len(await drama.stage.said(said.CasePartTransferred)) == 1
    assert (await drama.clock(case_id, "FEEDBACK"))["state"] == "RUNNING"


async def test_violence_in_a_sessions_record_is_flagged_once(drama: Drama) -> None:
    """X12: a note of violence alerts the centre; nothing is handed over by itself."""
    case_id = await drama.submit(FEES)
    await drama.act(STREET, case_id, "signature")
    await drama.act(STREET, case_id, "mediation", {})
    for notes in ("双方对收费标准各执一词", "物业人员动手殴打业主，有人受伤", "再次殴打"):
        session = {
            "held_at": drama.now.isoformat(),
            "place": "综治中心",
            "attendees": [{"capacity": "COMMUNITY"}, {"capacity": "COMPANY"}],
            "notes": notes,
        }
        await drama.act(STREET, case_id, "mediation/sessions", session)
    assert len(await drama.stage.said(said.PoliceMatterFound)) == 1
    row = await drama.row(case_id)
    assert (row["police_check"], row["state"]) == (True, "MEDIATING")


async def test_the_decision_comes_first_and_is_taken_once(drama: Drama) -> None:
    case_id = await drama.submit(NOISE)
    undecided = await drama.refused(STREET, case_id, "transfer/handover", RECEIPT)
    assert undecided == (409, "NO_TRANSFER_DECIDED")
    unknown = await drama.refused(STREET, case_id, "transfer", TO_POLICE | {"receiver": "NOBODY"})
    assert unknown == (422, "UNKNOWN_RECEIVER")
    elsewhere = {"receiver": "OTHER_CITY", "reason": "小区位于外市"}
    await drama.act(STREET, case_id, "transfer", elsewhere)
    assert await drama.refused(STREET, case_id, "transfer", TO_POLICE) == (
        409,
        "TRANSFER_UNDER_WAY",
    )
    silent = await drama.refused(STREET, case_id, "transfer/handover", RECEIPT)
    assert silent == (422, "CONTACT_MISSING"), "nobody knows that city's number by heart"
    reachable = RECEIPT | {"contact": "0715-0000000"}
    done = await drama.act(STREET, case_id, "transfer/handover", reachable)
    assert done["state"] == "TRANSFERRED"


@pytest.mark.parametrize("person", [WORKER, LEADER, OFFICE], ids=["worker", "leader", "officer"])
async def test_only_a_dispatcher_hands_over(drama: Drama, person: Actor) -> None:
    """T43: DP."""
    case_id = await drama.submit(NOISE)
    for what, body in (("transfer", TO_POLICE), ("transfer/handover", RECEIPT)):
        refused = await drama.refused(person, case_id, what, body)
        assert refused == (403, "NOT_YOUR_TASK")


async def test_a_named_illegal_act_goes_to_enforcement_within_a_working_day(drama: Drama) -> None:
    """B17, CK-18: found on Thursday 2026-03-05, due 03-06 24:00; met when departments act."""
    drama.move_to("2026-03-05 10:00")
    case_id = await drama.submit(FUND)
    clock = await drama.clock(case_id, "TRANSFER")
    assert (clock["started_at"], clock["due_at"]) == (
        at("2026-03-05 10:00"),
        at("2026-03-07 00:00"),
    )
    await _handled_jointly(drama, case_id)
    assert (await drama.clock(case_id, "TRANSFER"))["state"] == "MET"


async def test_a_rest_day_does_not_count(drama: Drama) -> None:
    """CK-18, B17: a finding on Friday has until Monday 24:00."""
    drama.move_to("2026-03-06 16:00")
    case_id = await drama.submit(ILLEGAL)
    assert (await drama.clock(case_id, "TRANSFER"))["due_at"] == at("2026-03-10 00:00")


async def test_the_clock_follows_what_the_case_is_found_to_be(drama: Drama) -> None:
    """B17, B18: a finding by a person starts it, a corrected one stops it."""
    case_id = await drama.submit(FEES)
    await drama.act(STREET, case_id, "signature")
    found = {"category": "FD02", "grade": "MAJOR", "reason": "查实挪用维修资金"}
    await drama.act(STREET, case_id, "grading", found)
    assert (await drama.clock(case_id, "TRANSFER"))["state"] == "RUNNING"
    county = staff("zhongzhi.xianan")
    mended = {"category": "PF01", "grade": "MAJOR", "reason": "经核实并非挪用"}
    await drama.act(county, case_id, "grading", mended)
    assert (await drama.clock(case_id, "TRANSFER"))["state"] == "STOPPED"


async def test_a_department_that_gets_the_case_meets_it(drama: Drama) -> None:
    """B17: dispatched straight to the enforcement department."""
    case_id = await drama.submit(ILLEGAL)
    unit = {"organisation_id": str(ENFORCEMENT.organisation_id)}
    await drama.act(staff("zhongzhi.xianan"), case_id, "dispatch", unit)
    assert (await drama.clock(case_id, "TRANSFER"))["state"] == "MET"


async def test_what_a_department_finds_is_with_a_department_already(drama: Drama) -> None:
    """B17, CK-18: the category becomes that of an illegal act, the enforcement has the case."""
    county = staff("zhongzhi.xianan")
    case_id = await drama.submit(FIRE)
    unit = {"organisation_id": str(ENFORCEMENT.organisation_id)}
    await drama.act(county, case_id, "dispatch", unit)
    found = {"category": "IL01", "grade": "MAJOR", "reason": "堵塞通道的是违法搭建"}
    await drama.act(county, case_id, "grading", found)
    assert (await drama.clock(case_id, "TRANSFER"))["state"] == "MET"


async def test_nobody_handed_it_over_in_time(drama: Drama) -> None:
    """CK-18 breached: the centre hears of it; the owner's deadline is another."""
    drama.move_to("2026-03-05 10:00")
    case_id = await drama.submit(ILLEGAL)
    drama.move_to("2026-03-07 00:00:01")
    await drama.stage.sweep()
    breached = {each.clock for each in await drama.stage.said(said.ClockBreached)}
    assert "TRANSFER" in breached
    assert (await drama.clock(case_id, "TRANSFER"))["breached_at"] == at("2026-03-07 00:00")


async def _handled_jointly(drama: Drama, case_id: UUID) -> None:
    await drama.act(STREET, case_id, "dispatch", {})
    await drama.act(STREET, case_id, "signature")
    await drama.act(STREET, case_id, "joint", {})
