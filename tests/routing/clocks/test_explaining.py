"""Why this deadline: start, pauses, extensions, regrades, warnings (GET /cases/{id}/clocks)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from structlog.testing import capture_logs

from services.routing.clocks.tables import CalendarYear
from shared import clocks
from shared.clocks import Start
from tests.routing.drama import FEES, NOISE, Drama, at, staff

WORKER = staff("wangge.wenquan2")
LEADER = staff("wanggezhang.wenquan")
STREET = staff("zhongzhi.wenquan")
OFFICE = staff("jiedao.wenquan")
COUNTY = staff("zhongzhi.xianan")
GRANT = {"decision": "GRANT", "reason": "属实"}


async def explained(drama: Drama, case_id: UUID, kind: str) -> dict[str, Any]:
    """The latest clock of that kind."""
    seen = (await drama.see(OFFICE, f"/cases/{case_id}/clocks"))["items"]
    found: dict[str, Any] = [clock for clock in seen if clock["kind"] == kind][-1]
    return found


async def test_from_dispatch_to_extension(drama: Drama) -> None:
    """X05, X06: every pause with its reason, every extension with its desk, every warning once."""
    drama.move_to("2026-03-02 10:00")
    case_id = await drama.submit(FEES)
    await drama.act(STREET, case_id, "signature")
    drama.move_to("2026-03-04 10:00")
    wait = {"reason": "APPRAISAL", "until": at("2026-03-05 16:00").isoformat(), "note": "鉴定中"}
    await drama.act(COUNTY, case_id, "suspension", wait)
    clock = await explained(drama, case_id, "MEDIUM_RESOLVE")
    assert clock["pauses"] == [
        {"since": "2026-03-04T10:00:00+08:00", "until": None, "reason": "APPRAISAL"}
    ]
    drama.move_to("2026-03-05 16:00")
    await drama.stage.sweep()
    await drama.act(STREET, case_id, "extension", {"days": 7, "reason": "待鉴定结论"})
    await drama.act(OFFICE, case_id, "extension-decision", GRANT)
    drama.move_to("2026-03-11 10:00")
    await drama.stage.sweep()
    clock = await explained(drama, case_id, "MEDIUM_RESOLVE")
    assert (clock["started_at"], clock["due_at"]) == (
        "2026-03-02T10:00:00+08:00",
        "2026-03-18T06:00:00+08:00",
    )
    assert clock["started_by"] == {
        "action": "DISPATCH",
        "row": "T10",
        "at": "2026-03-02T10:00:00+08:00",
        "actor_end": "SYSTEM",
    }
    assert clock["pauses"][0]["until"] == "2026-03-05T16:00:00+08:00"
    (longer,) = clock["extensions"]
    assert (longer["actor_end"], longer["due_before"], longer["due_after"]) == (
        "CENTRE",
        "2026-03-11T06:00:00+08:00",
        "2026-03-18T06:00:00+08:00",
    )
    assert [warning["share"] for warning in clock["warnings"]] == [0.5]
    assert clock["generation"] == 3
    gross = at("2026-03-11 10:00") - at("2026-03-02 10:00")
    assert clock["gross_seconds"] == gross.total_seconds()
    assert clock["net_seconds"] == (gross - timedelta(hours=30)).total_seconds()
    assert clock["paused_seconds"] == 30 * 3600


async def test_a_raised_grade(drama: Drama) -> None:
    """X01: MEDIUM counts from the first dispatch and says from which due time it took over."""
    drama.move_to("2026-03-02 10:00")
    case_id = await drama.submit(NOISE)
    await drama.act(WORKER, case_id, "signature")
    drama.move_to("2026-03-02 20:00")
    await drama.act(LEADER, case_id, "grading", {"grade": "MEDIUM", "reason": "三次劝导无效"})
    clock = await explained(drama, case_id, "MEDIUM_RESOLVE")
    assert clock["started_by"]["action"] == "DISPATCH"
    (regraded,) = clock["regrades"]
    assert regraded == {
        "at": "2026-03-02T20:00:00+08:00",
        "actor_end": "GRID",
        "due_before": "2026-03-03T10:00:00+08:00",
        "due_after": "2026-03-10T00:00:00+08:00",
        "from_grade": "SMALL",
        "to_grade": "MEDIUM",
    }
    small = await explained(drama, case_id, "SMALL_RESOLVE")
    assert (small["state"], small["stopped_at"]) == ("STOPPED", "2026-03-02T20:00:00+08:00")
    assert small["gross_seconds"] == 10 * 3600


async def test_a_raised_grade_keeps_its_pause(drama: Drama) -> None:
    """X01, X06: six hours still as a small matter, then MEDIUM: due 03-09 24:00 and six hours."""
    drama.move_to("2026-03-02 10:00")
    case_id = await drama.submit(NOISE)
    await drama.act(WORKER, case_id, "signature")
    drama.move_to("2026-03-02 12:00")
    wait = {"reason": "WAIT_OWNER", "until": at("2026-03-02 18:00").isoformat(), "note": "等材料"}
    await drama.act(STREET, case_id, "suspension", wait)
    drama.move_to("2026-03-02 18:00")
    await drama.stage.sweep()
    drama.move_to("2026-03-02 20:00")
    await drama.act(LEADER, case_id, "grading", {"grade": "MEDIUM", "reason": "三次劝导无效"})
    clock = await explained(drama, case_id, "MEDIUM_RESOLVE")
    assert clock["due_at"] == "2026-03-10T06:00:00+08:00"
    assert clock["regrades"][0]["due_before"] == "2026-03-03T16:00:00+08:00"
    assert (clock["gross_seconds"], clock["net_seconds"]) == (10 * 3600, 4 * 3600)


async def test_the_case_as_a_whole(drama: Drama) -> None:
    """Invariant 4: gross since acceptance, net without the time suspended, also while it lasts."""
    drama.move_to("2026-03-02 10:00")
    case_id = await drama.submit(FEES)
    await drama.act(STREET, case_id, "signature")
    drama.move_to("2026-03-02 12:00")
    wait = {"reason": "COURT", "until": at("2026-03-05 12:00").isoformat(), "note": "等待裁判"}
    await drama.act(COUNTY, case_id, "suspension", wait)
    drama.move_to("2026-03-02 15:00")
    seen = await drama.see(OFFICE, f"/cases/{case_id}/clocks")
    assert (seen["gross_seconds"], seen["net_seconds"]) == (5 * 3600, 2 * 3600)


async def test_a_year_that_nobody_has_published(drama: Drama) -> None:
    """Facts 2.8: 2027 is not published, so a working-day clock into it is provisional and says
    so, until the operator has entered the year; civil days are certain in any year."""
    drama.move_to("2026-12-30 10:00")
    case_id = await drama.submit(FEES)
    with capture_logs() as logs:
        await drama.act(STREET, case_id, "grading", {"grade": "MAJOR", "reason": "群体性苗头"})
    told = [log["clock"] for log in logs if log["event"] == "provisional_deadline"]
    assert told == ["MAJOR_PLAN"], "an operator is told as well"
    plan = await explained(drama, case_id, "MAJOR_PLAN")
    assert plan["provisional"] is True
    assert "暂定" in plan["counting"]
    result = await explained(drama, case_id, "MAJOR_RESULT")
    assert (result["provisional"], result["due_at"]) == (False, "2027-01-30T00:00:00+08:00")
    async with drama.stage.host.runtime.database.transaction() as session:
        start = Start(case_id, "CONFIRMATION_APPLICATION", drama.now, at("2027-01-30 00:00"))
        await clocks.start(session, start)
    statutory = await explained(drama, case_id, "CONFIRMATION_APPLICATION")
    assert statutory["provisional"] is True
    async with drama.stage.host.runtime.database.transaction() as session:
        session.add(CalendarYear(year=2027))
    assert (await explained(drama, case_id, "MAJOR_PLAN"))["provisional"] is False
