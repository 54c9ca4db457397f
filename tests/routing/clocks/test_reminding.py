"""Reminders that go to somebody of their own: N09 to the parties, CK-00 to the desk."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from shared.contracts.routing import AcceptanceDueSoon, AcceptanceOverdue, ConfirmationDueSoon
from tests.routing.acceptance.scene import CENTRE, waiting
from tests.routing.clocks import scenes
from tests.routing.clocks.scenes import STREET, TABLE
from tests.routing.drama import Drama, at

AGREED = "2026-03-02 10:00"
LAST = at("2026-04-02 00:00")


async def _told(drama: Drama) -> list[ConfirmationDueSoon]:
    return await drama.stage.said(ConfirmationDueSoon)


async def _agreed(drama: Drama, *, ownership: bool = False) -> UUID:
    drama.move_to(AGREED)
    if not ownership:
        return await scenes.agreed(drama)
    case_id = await scenes.handled(drama)
    await drama.act(STREET, case_id, "mediation", {})
    session = {"held_at": drama.now.isoformat(), "place": "社区", "attendees": TABLE, "notes": ""}
    await drama.act(STREET, case_id, "mediation/sessions", session)
    owed = [{"party": "COMPANY", "what": "退还", "amount": 300}]
    word = {"kind": "ORAL", "content": "车位归属", "obligations": owed}
    await drama.act(STREET, case_id, "mediation/agreement", word | {"concerns_ownership": True})
    return case_id


async def _sweep(drama: Drama, days: int) -> None:
    drama.stage.clock.move_to(at(AGREED) + timedelta(days=days, seconds=1))
    for _ in range(3):
        await drama.stage.sweep()


async def test_the_parties_are_reminded_on_three_days(drama: Drama) -> None:
    """N09, CK-09: day 7, 20 and 27, each once, with the last day and whom it is between."""
    await _agreed(drama)
    for days, times in ((6, 0), (7, 1), (8, 1), (20, 2), (27, 3), (30, 3)):
        await _sweep(drama, days)
        assert len(await _told(drama)) == times, days
    for told in await _told(drama):
        assert (told.confirmation_until, told.respondent) == (LAST, "COMPANY")


async def test_a_worker_that_was_away_reminds_once(drama: Drama) -> None:
    """N09, X38: from day 6 to day 21 nobody looked; one reminder is due, not two."""
    await _agreed(drama)
    await _sweep(drama, 6)
    await _sweep(drama, 21)
    assert len(await _told(drama)) == 1
    await _sweep(drama, 27)
    assert len(await _told(drama)) == 2


async def test_nobody_who_has_applied_is_reminded(drama: Drama) -> None:
    """T34: the joint application meets CK-09; one party alone has not applied (X25)."""
    case_id = await _agreed(drama)
    await _sweep(drama, 7)
    await scenes.apply_jointly(drama, case_id)
    await _sweep(drama, 20)
    await _sweep(drama, 27)
    assert len(await _told(drama)) == 1


async def test_of_ownership_nobody_is_reminded(drama: Drama) -> None:
    """X24: no court confirms it, so there is no last day."""
    await _agreed(drama, ownership=True)
    for days in (7, 20, 27, 31):
        await _sweep(drama, days)
    assert await _told(drama) == []


async def test_the_desk_is_reminded_before_acceptance_is_late(drama: Drama) -> None:
    """CK-00, lifecycle 3.6: at half and at four fifths of two hours, then the alert."""
    event = await waiting(drama)
    for minutes, shares in ((59, []), (61, [0.5]), (97, [0.5, 0.8]), (119, [0.5, 0.8])):
        drama.stage.clock.move_to(at("2026-03-02 09:00") + timedelta(minutes=minutes))
        await drama.stage.sweep()
        told = await drama.stage.said(AcceptanceDueSoon)
        assert [each.share for each in told] == shares, minutes
    assert told[0].pending.desk_id == CENTRE.organisation_id
    assert (told[0].pending.id, told[0].due_at) == (event.complaint.id, at("2026-03-02 11:00"))
    assert await drama.stage.said(AcceptanceOverdue) == []
