"""T30 over HTTP: every direction of lifecycle 3.4, also for clocks that were paused or extended."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.routing.drama import FEES, NOISE, Drama, Words, at, staff

STREET = staff("zhongzhi.wenquan")
OFFICE = staff("jiedao.wenquan")
COUNTY = staff("zhongzhi.xianan")
GRANT = {"decision": "GRANT", "reason": "属实"}


async def since_ten(drama: Drama, words: Words) -> UUID:
    drama.move_to("2026-03-02 10:00")
    return await drama.submit(words)


async def regraded(drama: Drama, case_id: UUID, grade: str) -> None:
    """By the county centre, which may change any grade; the anchor stays (invariant 3)."""
    await drama.act(COUNTY, case_id, "grading", {"grade": grade, "reason": "重新判断"})
    row = await drama.row(case_id)
    assert (row["grade"], row["first_dispatch_at"]) == (grade, at("2026-03-02 10:00"))


async def dues(drama: Drama, case_id: UUID) -> dict[str, str]:
    """Of the clocks that run, without CK-02."""
    rows = await drama.rows(
        "SELECT kind, due_at AT TIME ZONE 'Asia/Shanghai' AS due FROM clock"
        " WHERE subject_id = :id AND state = 'RUNNING' AND kind <> 'SIGN'",
        id=case_id,
    )
    return {row["kind"]: f"{row['due']:%m-%d %H:%M}" for row in rows}


async def test_small_to_major(drama: Drama) -> None:
    """3.4: convening from the regrade, feedback as it was, the result from the first dispatch."""
    case_id = await since_ten(drama, NOISE)
    drama.move_to("2026-03-02 20:00")
    await regraded(drama, case_id, "MAJOR")
    assert await dues(drama, case_id) == {
        "FEEDBACK": "03-10 00:00",
        "MAJOR_CONVENE": "03-03 20:00",
        "MAJOR_PLAN": "03-06 00:00",
        "MAJOR_INTERIM": "03-10 00:00",
        "MAJOR_RESULT": "04-02 00:00",
    }


@pytest.mark.parametrize(
    ("moment", "due"),
    [("2026-03-04 08:00", "03-05 08:00"), ("2026-03-09 20:00", "03-10 00:00")],
    ids=["24 hours from now", "the present due time"],
)
async def test_medium_to_small(drama: Drama, moment: str, due: str) -> None:
    """3.4: due = min(current due, regrade + 24 h)."""
    case_id = await since_ten(drama, FEES)
    drama.move_to(moment)
    await regraded(drama, case_id, "SMALL")
    assert (await dues(drama, case_id))["SMALL_RESOLVE"] == due


async def test_major_to_medium_and_back(drama: Drama) -> None:
    """3.4: lowered it counts from the regrade and never lengthens; raised again, from the first
    dispatch as if nothing had been."""
    case_id = await since_ten(drama, FEES)
    await regraded(drama, case_id, "MAJOR")
    drama.move_to("2026-03-03 09:00")
    await regraded(drama, case_id, "MEDIUM")
    assert await dues(drama, case_id) == {
        "FEEDBACK": "03-10 00:00",
        "MEDIATION_START": "03-03 10:00",
        "MEDIUM_RESOLVE": "03-11 00:00",
    }
    drama.move_to("2026-03-04 09:00")
    await regraded(drama, case_id, "MAJOR")
    found = await dues(drama, case_id)
    assert (found["MAJOR_RESULT"], found["MAJOR_CONVENE"]) == ("04-02 00:00", "03-05 09:00")


async def test_an_extended_clock_lowered(drama: Drama) -> None:
    """3.4, X05: MEDIUM until 03-16 24:00; lowered on 03-12, a small matter has its day."""
    case_id = await since_ten(drama, FEES)
    await drama.act(STREET, case_id, "signature")
    await drama.act(STREET, case_id, "extension", {"days": 7, "reason": "待查账目"})
    await drama.act(OFFICE, case_id, "extension-decision", GRANT)
    drama.move_to("2026-03-12 10:00")
    await regraded(drama, case_id, "SMALL")
    assert (await dues(drama, case_id))["SMALL_RESOLVE"] == "03-13 10:00"


async def test_a_paused_clock_lowered_and_raised(drama: Drama) -> None:
    """3.4, X06: 30 hours still; lowered they count no more, raised again they do."""
    case_id = await since_ten(drama, FEES)
    await drama.act(STREET, case_id, "signature")
    drama.move_to("2026-03-04 10:00")
    wait = {"reason": "WAIT_OWNER", "until": at("2026-03-05 16:00").isoformat(), "note": "等材料"}
    await drama.act(COUNTY, case_id, "suspension", wait)
    refused = await drama.refused(COUNTY, case_id, "grading", {"grade": "SMALL", "reason": "轻微"})
    assert refused == (409, "ACTION_NOT_POSSIBLE"), "what rests is not regraded"
    drama.move_to("2026-03-05 16:00")
    await drama.stage.sweep()
    await regraded(drama, case_id, "SMALL")
    small = await drama.clock(case_id, "SMALL_RESOLVE")
    assert (small["due_at"], small["paused_total"].total_seconds()) == (at("2026-03-06 16:00"), 0)
    await regraded(drama, case_id, "MEDIUM")
    medium = await drama.clock(case_id, "MEDIUM_RESOLVE")
    assert medium["due_at"] == at("2026-03-11 06:00")
    assert medium["paused_total"].total_seconds() == 30 * 3600
