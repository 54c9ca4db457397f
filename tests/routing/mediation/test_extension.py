"""CK-08: a committee has thirty days, and thirty more by the consent of both parties."""

from __future__ import annotations

from uuid import UUID

from shared.contracts import routing as said
from tests.routing.drama import FEES, Drama, at, staff

STREET = staff("zhongzhi.wenquan")
COMPANY = staff("wuye.wenquan")
WORKER = staff("wangge.wenquan2")
MEDIATOR = staff("tiaojie.xianan1")
BOTH = {"agreeing": ["OWNER", "COMPANY"], "reason": "双方同意延长调解期限"}


async def at_the_committee(drama: Drama) -> UUID:
    """A fee dispute that a committee has taken on 03-02 10:00; its period ends 04-01 24:00."""
    drama.move_to("2026-03-02 10:00")
    case_id = await drama.submit(FEES)
    await drama.act(STREET, case_id, "signature")
    await drama.act(STREET, case_id, "mediation", {"committee_id": str(MEDIATOR.organisation_id)})
    return case_id


async def test_a_month_more_once(drama: Drama) -> None:
    """CK-08 (+30 by both parties' consent)."""
    case_id = await at_the_committee(drama)
    assert (await drama.clock(case_id, "FORMAL_MEDIATION"))["due_at"] == at("2026-04-02 00:00")
    await drama.act(MEDIATOR, case_id, "mediation/extension", BOTH)
    clock = await drama.clock(case_id, "FORMAL_MEDIATION")
    assert (clock["due_at"], clock["started_at"]) == (
        at("2026-05-02 00:00"),
        at("2026-03-02 10:00"),
    )
    assert (await drama.clock(case_id, "MEDIUM_RESOLVE"))["due_at"] == at("2026-03-10 00:00")
    told = (await drama.stage.said(said.CaseProgressed))[-1]
    dues = {each.kind: each.due_at for each in told.case.clocks}
    assert dues["FORMAL_MEDIATION"] == at("2026-05-02 00:00"), "every change of a clock is told"
    refused = await drama.refused(MEDIATOR, case_id, "mediation/extension", BOTH)
    assert refused == (409, "MEDIATION_ALREADY_EXTENDED")


async def test_one_party_is_not_both(drama: Drama) -> None:
    """CK-08: whose consent is missing is said."""
    case_id = await at_the_committee(drama)
    for agreeing in (["OWNER"], ["COMPANY"], ["OWNER", "OTHER"]):
        body = BOTH | {"agreeing": agreeing}
        refused = await drama.refused(MEDIATOR, case_id, "mediation/extension", body)
        assert refused == (409, "CONSENT_MISSING")
    assert (await drama.clock(case_id, "FORMAL_MEDIATION"))["due_at"] == at("2026-04-02 00:00")


async def test_before_the_end_of_the_period(drama: Drama) -> None:
    """CK-08: what is over is not extended."""
    case_id = await at_the_committee(drama)
    drama.move_to("2026-04-02 00:01")
    refused = await drama.refused(MEDIATOR, case_id, "mediation/extension", BOTH)
    assert refused == (409, "MEDIATION_PERIOD_OVER")


async def test_only_a_committee_has_a_period(drama: Drama) -> None:
    """CK-08 starts when a committee takes the case; the street mediates without one."""
    case_id = await drama.submit(FEES)
    await drama.act(STREET, case_id, "signature")
    await drama.act(STREET, case_id, "mediation", {})
    refused = await drama.refused(STREET, case_id, "mediation/extension", BOTH)
    assert refused == (409, "NOT_WITH_A_COMMITTEE")


async def test_who_may(drama: Drama) -> None:
    """3.9: who mediates; a party and a grid worker do not."""
    case_id = await at_the_committee(drama)
    for person in (COMPANY, WORKER):
        assert (await drama.refused(person, case_id, "mediation/extension", BOTH))[0] == 403
    await drama.act(MEDIATOR, case_id, "mediation/extension", BOTH)
