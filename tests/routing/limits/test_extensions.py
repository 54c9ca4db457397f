"""延期: more time for the result, asked before it is due, decided by the last desk (T29, X05)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from shared.contracts import routing as said
from shared.contracts.intake import ComplaintConfirmed
from tests.routing.drama import FEES, ILLEGAL, NOISE, Drama, at, staff

WORKER = staff("wangge.wenquan2")
LEADER = staff("wanggezhang.wenquan")
STREET = staff("zhongzhi.wenquan")
OFFICE = staff("jiedao.wenquan")
COUNTY = staff("zhongzhi.xianan")
COMPANY = staff("wuye.wenquan")
URBAN = staff("chengguan.xianan")
HOUSING = staff("zhuxin.xianan")


def more(days: int = 7) -> dict[str, Any]:
    return {"days": days, "reason": "需要调取三年缴费记录"}


def say(decision: str) -> dict[str, Any]:
    return {"decision": decision, "reason": "情况复杂，属实"}


async def handled(drama: Drama) -> UUID:
    """A medium matter at the street centre since 03-02 10:00; due 03-09 24:00."""
    drama.move_to("2026-03-02 10:00")
    case_id = await drama.submit(FEES)
    await drama.act(STREET, case_id, "signature")
    return case_id


async def major(drama: Drama) -> UUID:
    """A major matter in joint handling since 03-02 10:00; its result is due 04-01 24:00."""
    drama.move_to("2026-03-02 10:00")
    case_id = await drama.submit(ILLEGAL)
    await drama.act(COUNTY, case_id, "dispatch", {})
    await drama.act(STREET, case_id, "signature")
    team = {"lead": str(URBAN.organisation_id), "members": [str(HOUSING.organisation_id)]}
    await drama.act(COUNTY, case_id, "joint", team)
    return case_id


async def due(drama: Drama, case_id: UUID, kind: str = "MEDIUM_RESOLVE") -> datetime:
    moment: datetime = (await drama.clock(case_id, kind))["due_at"]
    return moment


async def test_asked_ten_minutes_before_the_end(drama: Drama) -> None:
    """X05: MEDIUM due 03-09: asked 03-09 23:50 and approved: 03-16 24:00; a second: refused."""
    case_id = await handled(drama)
    drama.move_to("2026-03-09 23:50")
    await drama.act(STREET, case_id, "extension", more())
    await drama.act(OFFICE, case_id, "extension-decision", say("GRANT"))
    assert await due(drama, case_id) == at("2026-03-17 00:00")
    assert await due(drama, case_id, "FEEDBACK") == at("2026-03-10 00:00"), "CK-05 stays"
    refused = await drama.refused(STREET, case_id, "extension", more())
    assert refused == (409, "EXTENSIONS_EXHAUSTED")


async def test_asked_a_minute_after_the_end(drama: Drama) -> None:
    """X05: asked 03-10 00:01: refused."""
    case_id = await handled(drama)
    drama.move_to("2026-03-10 00:01")
    refused = await drama.refused(STREET, case_id, "extension", more())
    assert refused == (409, "EXTENSION_TOO_LATE")
    assert await due(drama, case_id) == at("2026-03-10 00:00")


async def test_asked_at_the_end_itself(drama: Drama) -> None:
    """0.2.2: 24:00 still belongs to the day that it closes."""
    case_id = await handled(drama)
    drama.move_to("2026-03-10 00:00")
    await drama.act(STREET, case_id, "extension", more())


async def test_decided_after_the_end(drama: Drama) -> None:
    """T29: what was asked in time may be granted later; the breach in between stays one."""
    case_id = await handled(drama)
    drama.move_to("2026-03-09 23:50")
    await drama.act(STREET, case_id, "extension", more())
    drama.move_to("2026-03-10 09:00")
    await drama.stage.sweep()
    await drama.act(OFFICE, case_id, "extension-decision", say("GRANT"))
    clock = await drama.clock(case_id, "MEDIUM_RESOLVE")
    assert (clock["due_at"], clock["breached_at"]) == (
        at("2026-03-17 00:00"),
        at("2026-03-10 00:00"),
    )


async def test_granted_after_the_end_it_still_climbs_from_the_new_time(drama: Drama) -> None:
    """T29, X18: the ladder waits for the new due time, and is not forgotten."""
    case_id = await handled(drama)
    drama.move_to("2026-03-09 20:00")
    await drama.act(STREET, case_id, "extension", more())
    drama.move_to("2026-03-10 10:00")
    await drama.stage.sweep()
    await drama.act(OFFICE, case_id, "extension-decision", say("GRANT"))
    drama.move_to("2026-03-16 23:59")
    await drama.stage.sweep()
    assert not await drama.stage.count("escalation", "clock = 'MEDIUM_RESOLVE'")
    assert (await drama.clock(case_id, "MEDIUM_RESOLVE"))["warned"] < 1, "it is not late now"
    drama.move_to("2026-03-18 00:00")
    await drama.stage.sweep()
    assert await drama.stage.count("escalation", "clock = 'MEDIUM_RESOLVE'") == 1
    assert (await drama.clock(case_id, "MEDIUM_RESOLVE"))["warned"] == 1


async def test_the_extended_clock_breaks_at_its_new_time(drama: Drama) -> None:
    """T29: nothing happens at the old due time, the breach is at the new one."""
    case_id = await handled(drama)
    await drama.act(STREET, case_id, "extension", more())
    await drama.act(OFFICE, case_id, "extension-decision", say("GRANT"))
    drama.move_to("2026-03-17 00:00:00")
    await drama.stage.sweep()
    assert (await drama.clock(case_id, "MEDIUM_RESOLVE"))["breached_at"] is None
    await drama.pass_time(seconds=1)
    clock = await drama.clock(case_id, "MEDIUM_RESOLVE")
    assert clock["breached_at"] == at("2026-03-17 00:00")


async def test_small_matters_are_raised_instead(drama: Drama) -> None:
    """3.4: no extension for SMALL."""
    case_id = await drama.submit(NOISE)
    await drama.act(WORKER, case_id, "signature")
    refused = await drama.refused(WORKER, case_id, "extension", more(1))
    assert refused == (409, "NOT_EXTENDED")


@pytest.mark.parametrize(("days", "possible"), [(7, True), (8, False)])
async def test_a_medium_matter_gets_seven_days_at_most(
    drama: Drama, days: int, possible: bool
) -> None:
    """3.4: once, at most seven days."""
    case_id = await handled(drama)
    if possible:
        await drama.act(STREET, case_id, "extension", more(days))
    else:
        refused = await drama.refused(STREET, case_id, "extension", more(days))
        assert refused == (422, "EXTENSION_TOO_LONG")


async def test_a_major_matter_twice_thirty_days(drama: Drama) -> None:
    """3.4: street endorses, county centre decides; the third time is refused."""
    case_id = await major(drama)
    assert await drama.refused(URBAN, case_id, "extension", more(31)) == (
        422,
        "EXTENSION_TOO_LONG",
    )
    for expected in ("2026-05-02 00:00", "2026-06-01 00:00"):
        await drama.act(URBAN, case_id, "extension", more(30))
        await drama.act(OFFICE, case_id, "extension-decision", say("ENDORSE"))
        await drama.act(COUNTY, case_id, "extension-decision", say("GRANT"))
        assert await due(drama, case_id, "MAJOR_RESULT") == at(expected)
    refused = await drama.refused(URBAN, case_id, "extension", more(1))
    assert refused == (409, "EXTENSIONS_EXHAUSTED")
    assert await due(drama, case_id, "MAJOR_INTERIM") == at("2026-03-10 00:00")


async def test_the_chain_of_a_medium_matter(drama: Drama) -> None:
    """3.4: grid leader, then street: the leader endorses, the asker decides nothing."""
    case_id = await handled(drama)
    await drama.act(STREET, case_id, "extension", more())
    for decision in ("GRANT", "DENY"):
        refused = await drama.refused(LEADER, case_id, "extension-decision", say(decision))
        assert refused == (403, "LAST_DESK_DECIDES")
    assert await drama.refused(STREET, case_id, "extension-decision", say("GRANT")) == (
        403,
        "OWN_REQUEST",
    )
    await drama.act(LEADER, case_id, "extension-decision", say("ENDORSE"))
    assert await due(drama, case_id) == at("2026-03-10 00:00"), "not decided yet"
    await drama.act(OFFICE, case_id, "extension-decision", say("GRANT"))
    (row,) = (await drama.see(OFFICE, f"/cases/{case_id}/extensions"))["items"]
    assert row["endorsed_at"] is not None
    assert (row["granted"], row["extended_to"]) == (True, "2026-03-17T00:00:00+08:00")


async def test_the_chain_of_a_major_matter(drama: Drama) -> None:
    """3.4: the street does not decide, and a grid leader has nothing to endorse."""
    case_id = await major(drama)
    await drama.act(URBAN, case_id, "extension", more(10))
    refused = await drama.refused(LEADER, case_id, "extension-decision", say("ENDORSE"))
    assert refused == (403, "NOT_YOUR_DESK")
    for street in (OFFICE, STREET):
        refused = await drama.refused(street, case_id, "extension-decision", say("GRANT"))
        assert refused == (403, "LAST_DESK_DECIDES")
    await drama.act(COUNTY, case_id, "extension-decision", say("GRANT"))
    assert await due(drama, case_id, "MAJOR_RESULT") == at("2026-04-12 00:00")


async def test_denied_it_may_be_asked_again(drama: Drama) -> None:
    """T29: a denial moves nothing and uses nothing up."""
    case_id = await handled(drama)
    await drama.act(STREET, case_id, "extension", more())
    assert await drama.refused(STREET, case_id, "extension", more()) == (409, "EXTENSION_PENDING")
    await drama.act(OFFICE, case_id, "extension-decision", say("DENY"))
    assert await due(drama, case_id) == at("2026-03-10 00:00")
    assert await drama.refused(OFFICE, case_id, "extension-decision", say("GRANT")) == (
        409,
        "EXTENSION_NOT_ASKED",
    )
    await drama.act(STREET, case_id, "extension", more(3))
    await drama.act(OFFICE, case_id, "extension-decision", say("GRANT"))
    assert await due(drama, case_id) == at("2026-03-13 00:00")


async def test_what_was_asked_of_a_higher_grade_can_be_ended(drama: Drama) -> None:
    """T29, T30: a small matter has no chain, and must not keep a request that nobody can decide."""
    case_id = await handled(drama)
    await drama.act(STREET, case_id, "extension", more())
    await drama.act(OFFICE, case_id, "grading", {"grade": "SMALL", "reason": "重新判断"})
    granted = await drama.refused(OFFICE, case_id, "extension-decision", say("GRANT"))
    assert granted == (409, "NOT_EXTENDED")
    await drama.act(OFFICE, case_id, "extension-decision", say("DENY"))


async def test_who_may_ask(drama: Drama) -> None:
    """3.9, T29: the assignee, nobody else; deciding is for the desks."""
    case_id = await handled(drama)
    for person in (WORKER, LEADER, OFFICE, COUNTY, COMPANY):
        assert (await drama.refused(person, case_id, "extension", more()))[0] == 403
    await drama.act(STREET, case_id, "extension", more())
    for person in (WORKER, COMPANY):
        refused = await drama.refused(person, case_id, "extension-decision", say("ENDORSE"))
        assert refused[0] == 403
    assert (await drama.refused(HOUSING, case_id, "extension-decision", say("GRANT")))[0] == 404


async def test_extended_and_paused(drama: Drama) -> None:
    """X05, X06: seven days and thirty hours, in whatever order."""
    case_id = await handled(drama)
    drama.move_to("2026-03-04 10:00")
    await drama.act(STREET, case_id, "extension", more())
    wait = {"reason": "WAIT_OWNER", "until": at("2026-03-05 16:00").isoformat(), "note": "等材料"}
    await drama.act(OFFICE, case_id, "extension-decision", say("GRANT"))
    await drama.act(OFFICE, case_id, "suspension", wait)
    drama.move_to("2026-03-05 16:00")
    await drama.stage.sweep()
    assert await due(drama, case_id) == at("2026-03-18 06:00")


async def test_a_result_handed_in_has_nothing_to_extend(drama: Drama) -> None:
    """T29: the clock is met; more time is for who is still at it."""
    case_id = await handled(drama)
    await drama.act(STREET, case_id, "result", {"result_code": "SOLVED", "text": "已解决"})
    refused = await drama.refused(STREET, case_id, "extension", more())
    assert refused == (409, "ACTION_NOT_POSSIBLE")


async def test_a_reopened_case_may_be_extended_again(drama: Drama) -> None:
    """T32: a new resolution clock of the same length has its own extension."""
    drama.move_to("2026-03-02 10:00")
    event = drama.submission(FEES)
    await drama.stage.hear(event)
    case_id = await drama.case_of(event.complaint.id)
    await drama.act(STREET, case_id, "signature")
    await drama.act(STREET, case_id, "extension", more())
    await drama.act(OFFICE, case_id, "extension-decision", say("GRANT"))
    await drama.act(STREET, case_id, "result", {"result_code": "SOLVED", "text": "已解决"})
    await drama.act(OFFICE, case_id, "review", {"decision": "APPROVE", "reply": "已解决"})
    drama.move_to("2026-03-03 10:00")
    answer = {"solved": "NO", "level": 1, "asks_to_reopen": True}
    await drama.stage.hear(ComplaintConfirmed(complaint=event.complaint, **answer))
    await drama.act(STREET, case_id, "extension", more(2))
    await drama.act(OFFICE, case_id, "extension-decision", say("GRANT"))
    assert await due(drama, case_id) == at("2026-03-13 00:00")


async def test_what_is_said(drama: Drama) -> None:
    """T29: asked with the due time as it is, decided with the due time after it."""
    case_id = await handled(drama)
    await drama.act(STREET, case_id, "extension", more())
    await drama.act(OFFICE, case_id, "extension-decision", say("GRANT"))
    (asked,) = await drama.stage.said(said.ExtensionRequested)
    assert (asked.clock, asked.due_at) == ("MEDIUM_RESOLVE", at("2026-03-10 00:00"))
    (decided,) = await drama.stage.said(said.ExtensionDecided)
    assert (decided.granted, decided.due_at) == (True, at("2026-03-17 00:00"))
    assert "缴费记录" not in decided.model_dump_json()
    (stored,) = await drama.rows("SELECT reason, ruling FROM extension")
    assert "缴费记录" not in str(stored)
