"""Warnings and breaches: told once, at the right instant, and acted upon."""

from __future__ import annotations

import asyncio

from sqlalchemy import text

from shared.contracts import routing as said
from shared.contracts.vocabulary import Channel
from tests.routing.drama import FEES, NOISE, Drama, at, staff

WORKER = staff("wangge.wenquan2")
LEADER = staff("wanggezhang.wenquan")
STREET = staff("zhongzhi.wenquan")


async def test_nobody_signs(drama: Drama) -> None:
    """X04, CK-02: dispatched 10:00, at 12:00:00 the system signs; a second before it does not."""
    drama.move_to("2026-03-02 10:00")
    case_id = await drama.submit(NOISE)
    drama.move_to("2026-03-02 11:59:59")
    await drama.stage.sweep()
    assert (await drama.row(case_id))["state"] == "DISPATCHED"
    drama.move_to("2026-03-02 12:00:00")
    await drama.stage.sweep()
    await drama.stage.sweep()
    row = await drama.row(case_id)
    assert (row["state"], row["overdue"]) == ("HANDLING", False)
    signed = await drama.stage.said(said.CaseSigned)
    assert [each.automatic for each in signed] == [True]
    units = await drama.rows("SELECT late FROM assignment WHERE role = 'LEAD'")
    assert units[0]["late"] is True


async def test_a_small_matter_becomes_medium(drama: Drama) -> None:
    """X02, CK-04: at 10:00:00 nothing, at 10:00:01 MEDIUM, due 03-09 24:00, breach recorded."""
    drama.move_to("2026-03-02 10:00")
    case_id = await drama.submit(NOISE)
    await drama.act(WORKER, case_id, "signature")
    drama.move_to("2026-03-03 10:00:00")
    await drama.stage.sweep()
    assert (await drama.row(case_id))["grade"] == "SMALL"
    drama.move_to("2026-03-03 10:00:01")
    await drama.stage.sweep()
    row = await drama.row(case_id)
    assert (row["grade"], row["overdue"], row["state"]) == ("MEDIUM", True, "HANDLING")
    assert (await drama.clock(case_id, "MEDIUM_RESOLVE"))["due_at"] == at("2026-03-10 00:00")
    small = await drama.clock(case_id, "SMALL_RESOLVE")
    assert small["breached_at"] == at("2026-03-03 10:00:00")
    regraded = (await drama.stage.said(said.CaseRegraded))[-1].case
    assert regraded.handler is not None
    assert regraded.handler.end == "CENTRE"
    assert "网格员" not in regraded.handler.display_name
    await drama.act(STREET, case_id, "result", {"result_code": "SOLVED", "text": "已解决"})


async def test_a_breach_noticed_late_has_its_own_time(drama: Drama) -> None:
    """X38: the sweeper stood still from 09:00 to 11:00, due 10:00; once, with breach time 10:00."""
    case_id = await drama.submit(NOISE, channel=Channel.HOTLINE)
    drama.move_to("2026-03-02 11:00")
    await drama.stage.sweep()
    await drama.stage.sweep()
    breaches = await drama.stage.said(said.ClockBreached)
    assert [(each.clock, each.breached_at) for each in breaches] == [
        ("DISPATCH", at("2026-03-02 10:00"))
    ]
    await drama.act(STREET, case_id, "dispatch", {})
    clock = await drama.clock(case_id, "DISPATCH")
    assert (clock["state"], clock["breached_at"]) == ("MET", at("2026-03-02 10:00"))


async def test_warnings_come_once_each(drama: Drama) -> None:
    """3.3, N14: at 50 % and 80 % of CK-01; a missed 50 % is skipped when 80 % has passed."""
    case_id = await drama.submit(NOISE, channel=Channel.HOTLINE)
    await drama.pass_time(minutes=29)
    assert await drama.stage.said(said.ClockWarned) == []
    await drama.pass_time(minutes=1)
    await drama.pass_time(minutes=1)
    await drama.pass_time(minutes=20)
    shares = [each.share for each in await drama.stage.said(said.ClockWarned)]
    assert shares == [0.5, 0.8]
    versions = [each.case.version for each in await drama.stage.said(said.ClockWarned)]
    assert versions == [3, 4]
    late = await drama.submit(NOISE, channel=Channel.HOTLINE)
    await drama.pass_time(minutes=55)
    told = [e for e in await drama.stage.said(said.ClockWarned) if e.case.id == late]
    assert [each.share for each in told] == [0.8]
    assert case_id != late


async def test_two_sweepers_tell_once(drama: Drama) -> None:
    """X38: rows are claimed; a breach is one event, however many look."""
    await drama.submit(NOISE, channel=Channel.HOTLINE)
    drama.move_to("2026-03-02 10:30")
    sweeper = drama.stage.host.sweeper
    assert sweeper is not None
    await asyncio.gather(*(sweeper.sweep() for _ in range(3)))
    assert len(await drama.stage.said(said.ClockBreached)) == 1


async def test_a_case_in_somebodys_hands_is_looked_at_again(drama: Drama) -> None:
    """Commands lock the case before its clocks: the sweeper does not wait, and loses nothing."""
    case_id = await drama.submit(NOISE, channel=Channel.HOTLINE)
    drama.move_to("2026-03-02 10:30")
    async with drama.stage.host.runtime.database.transaction() as session:
        await session.execute(
            text("SELECT 1 FROM cases WHERE id = :id FOR UPDATE"), {"id": case_id}
        )
        await drama.stage.sweep()
        assert await drama.stage.said(said.ClockBreached) == []
    await drama.stage.sweep()
    breaches = await drama.stage.said(said.ClockBreached)
    assert [each.breached_at for each in breaches] == [at("2026-03-02 10:00")]


async def test_feedback_breaks_after_midnight_of_the_seventh_day(drama: Drama) -> None:
    """B06, CK-05: due 03-09 24:00; 03-10 00:00:00 is still on time, the second after is not."""
    case_id = await drama.submit(FEES)
    await drama.act(STREET, case_id, "signature")
    drama.move_to("2026-03-10 00:00:00")
    await drama.stage.sweep()
    assert (await drama.clock(case_id, "FEEDBACK"))["breached_at"] is None
    await drama.pass_time(seconds=1)
    assert (await drama.clock(case_id, "FEEDBACK"))["breached_at"] == at("2026-03-10 00:00")
    assert (await drama.row(case_id))["overdue"] is True


async def test_an_owner_who_never_answers(drama: Drama) -> None:
    """X33, CK-12, CK-14: three days, three more, then closed; nobody's delay, nothing running."""
    case_id = await drama.submit(NOISE)
    await drama.act(WORKER, case_id, "signature")
    await drama.act(WORKER, case_id, "result", {"result_code": "SOLVED", "text": "已解决"})
    await drama.act(LEADER, case_id, "review", {"decision": "APPROVE", "reply": "已解决"})
    await drama.pass_time(days=4)
    assert (await drama.row(case_id))["state"] == "FEEDBACK"
    await drama.pass_time(days=4)
    row = await drama.row(case_id)
    assert (row["state"], row["overdue"]) == ("CLOSED", False)
    await drama.pass_time(days=20)
    assert await drama.stage.count("clock", "state = 'RUNNING' AND next_at IS NOT NULL") == 0
    assert len(await drama.stage.said(said.CaseClosed)) == 1


async def test_what_a_late_look_starts_counts_from_the_due_time(drama: Drama) -> None:
    """X38: CK-12 ran out 03-05 24:00, seen two days later; CK-14 counts from 03-05 24:00."""
    case_id = await drama.submit(NOISE)
    await drama.act(WORKER, case_id, "signature")
    await drama.act(WORKER, case_id, "result", {"result_code": "SOLVED", "text": "已解决"})
    await drama.act(LEADER, case_id, "review", {"decision": "APPROVE", "reply": "已解决"})
    drama.move_to("2026-03-08 10:00")
    await drama.stage.sweep()
    visit = await drama.clock(case_id, "RETURN_VISIT")
    assert (visit["started_at"], visit["due_at"]) == (
        at("2026-03-06 00:00"),
        at("2026-03-10 00:00"),
    )
    drama.move_to("2026-03-12 10:00")
    await drama.stage.sweep()
    window = await drama.clock(case_id, "REOPEN_WINDOW")
    assert window["started_at"] == at("2026-03-10 00:00")


async def test_the_deadline_explains_itself(drama: Drama) -> None:
    """GET /cases/{id}/clocks: code, name, rules, how it is counted, from when, until when."""
    case_id = await drama.submit(NOISE)
    seen = (await drama.see(WORKER, f"/cases/{case_id}/clocks"))["items"]
    clocks = {clock["kind"]: clock for clock in seen}
    feedback = clocks["FEEDBACK"]
    assert feedback["code"] == "CK-05"
    assert feedback["name"] == "反馈"
    assert {"B06", "CK-05"} <= set(feedback["rules"])
    assert feedback["counting"].startswith("7个自然日")
    assert feedback["started_at"] == "2026-03-02T09:00:00+08:00"
    assert feedback["due_at"] == "2026-03-10T00:00:00+08:00"
    assert (feedback["state"], feedback["met_at"], feedback["breached_at"]) == (
        "RUNNING",
        None,
        None,
    )
    assert clocks["DISPATCH"]["state"] == "MET"
