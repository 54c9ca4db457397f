"""After a breach nobody is left in peace: the ladder of 3.6, and the orders on it."""

from __future__ import annotations

from uuid import UUID

from shared.contracts import routing as said
from shared.contracts.vocabulary import Channel
from tests.routing.drama import FEES, Drama, staff

STREET = staff("zhongzhi.wenquan")
CITY = staff("zhuxin.shi")


async def _breached(drama: Drama) -> UUID:
    """A fee dispute whose mediation nobody began: CK-03 was due at 10:00 of the next day."""
    drama.move_to("2026-03-02 10:00")
    case_id = await drama.submit(FEES)
    await drama.act(STREET, case_id, "signature")
    drama.move_to("2026-03-03 10:00:01")
    await drama.stage.sweep()
    return case_id


async def test_a_day_after_the_breach_there_is_one_order(drama: Drama) -> None:
    """X18: breach + 24 h, and exactly one supervision order however often the sweeper looks."""
    case_id = await _breached(drama)
    assert (await drama.rows("SELECT * FROM supervision_order")) == []
    drama.move_to("2026-03-04 09:59:59")
    await drama.stage.sweep()
    assert (await drama.rows("SELECT * FROM supervision_order")) == []
    drama.move_to("2026-03-04 10:00:00")
    for _ in range(3):
        await drama.stage.sweep()
    orders = await drama.rows("SELECT case_id, cause, clock FROM supervision_order")
    assert orders == [{"case_id": case_id, "cause": "OVERDUE", "clock": "MEDIATION_START"}]
    supervised = await drama.stage.said(said.CaseSupervised)
    assert [(each.cause, each.clock) for each in supervised] == [("OVERDUE", "MEDIATION_START")]


async def test_every_rung_is_told_once_to_its_desks(drama: Drama) -> None:
    """3.6: 24 h orange, 72 h red to the county, 7 days red to the city; none is skipped (X38)."""
    await _breached(drama)
    drama.move_to("2026-03-10 10:00:00")
    for _ in range(6):
        await drama.stage.sweep()
    steps = [
        (each.after_hours, each.colour, each.desks)
        for each in await drama.stage.said(said.CaseEscalated)
        if each.clock == "MEDIATION_START"
    ]
    assert steps == [
        (24, "ORANGE", ("STREET_CENTRE",)),
        (72, "RED", ("COUNTY_CENTRE", "COUNTY_HOUSING")),
        (168, "RED", ("CITY_HOUSING", "CITY_SOCIAL_WORK")),
    ]


async def test_a_promise_kept_late_climbs_no_further(drama: Drama) -> None:
    """X18: the flag stays, the ladder ends; a breach once is a breach in statistics."""
    case_id = await _breached(drama)
    await drama.act(STREET, case_id, "mediation", {})
    refusal = {"reason": "对方拒绝调解", "party": "COMPANY"}
    await drama.act(STREET, case_id, "mediation/refusal", refusal)
    drama.move_to("2026-03-08 10:00")
    await drama.stage.sweep()
    clocks = {each.clock for each in await drama.stage.said(said.CaseEscalated)}
    assert "MEDIATION_START" not in clocks
    row = await drama.row(case_id)
    assert row["overdue"] is True


async def test_the_feedback_clock_orders_at_once(drama: Drama) -> None:
    """CK-05: its breach itself is supervised, and the day after does not order again."""
    drama.move_to("2026-03-02 10:00")
    case_id = await drama.submit(FEES)
    drama.move_to("2026-03-11 01:00")
    for _ in range(6):
        await drama.stage.sweep()
    orders = await drama.rows(
        "SELECT clock FROM supervision_order WHERE case_id = :id ORDER BY clock", id=case_id
    )
    assert [each["clock"] for each in orders] == ["FEEDBACK", "MEDIATION_START", "MEDIUM_RESOLVE"]


async def test_the_sheets_list_what_their_reader_may_see(drama: Drama) -> None:
    """3.6: the street of another place reads nothing of it."""
    await _breached(drama)
    drama.move_to("2026-03-04 10:00:00")
    await drama.stage.sweep()
    listed = await drama.see(STREET, "/escalations", colour="ORANGE")
    assert [each["after_hours"] for each in listed["items"]] == [24]
    assert (await drama.see(STREET, "/escalations", colour="RED"))["items"] == []
    assert (await drama.see(staff("zhongzhi.fushan"), "/escalations"))["items"] == []


async def test_what_is_not_promised_climbs_nowhere(drama: Drama) -> None:
    """CK-02: a unit that does not sign is signed for; nobody is told a day later."""
    await drama.submit(FEES, channel=Channel.HOTLINE)
    ladders = await drama.rows("SELECT ladder FROM clock WHERE kind = 'DISPATCH'")
    assert ladders[0]["ladder"] == [86_400, 259_200, 604_800]
    drama.move_to("2026-03-02 12:00")
    await drama.submit(FEES)
    signing = await drama.rows("SELECT ladder FROM clock WHERE kind = 'SIGN'")
    assert signing[0]["ladder"] == []
