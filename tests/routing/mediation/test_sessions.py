"""T15-T17: consents, sessions and refusals, and what of them meets CK-03."""

from __future__ import annotations

import json
from uuid import UUID

import pytest

from deploy.demo import world
from shared.contracts import routing as said
from tests.routing.drama import FEES, NOISE, Drama, Place, owner, staff

STREET = staff("zhongzhi.wenquan")
COMPANY = staff("wuye.wenquan")
WORKER = staff("wangge.wenquan2")
OLD_ESTATE = Place("浮山新村（演示）", "1", "101")


@pytest.mark.parametrize(
    ("capacities", "valid"),
    [
        (("COMMUNITY", "COMPANY", "OWNER"), True),
        (("COMMUNITY", "OWNER"), False),
        (("COMPANY", "OWNER", "STREET"), False),
    ],
    ids=["both", "without company", "without community"],
)
async def test_a_session_counts_with_community_and_company(
    drama: Drama, capacities: tuple[str, ...], valid: bool
) -> None:
    """B05, T16: recorded in time; without the company CK-03 is not met and runs out."""
    case_id = await _mediating(drama)
    drama.move_to("2026-03-03 08:59")
    await drama.act(STREET, case_id, "mediation/sessions", _session(drama, *capacities))
    held = (await drama.stage.said(said.MediationHeld))[0]
    assert held.valid == valid
    await drama.pass_time(hours=1)
    clock = await drama.clock(case_id, "MEDIATION_START")
    assert (clock["state"] == "MET") == valid
    assert (clock["breached_at"] is None) == valid


async def test_an_estate_without_company_has_its_excuse(drama: Drama) -> None:
    """X29: 浮山新村 has no company; community alone is enough, the reason is on record."""
    street = staff("zhongzhi.fushan")
    case_id = await drama.submit(FEES, place=OLD_ESTATE)
    await drama.act(street, case_id, "signature")
    await drama.act(street, case_id, "mediation", {})
    await drama.act(street, case_id, "mediation/sessions", _session(drama, "COMMUNITY", "OWNER"))
    assert (await drama.clock(case_id, "MEDIATION_START"))["state"] == "MET"
    seen = await drama.see(street, f"/cases/{case_id}/mediation")
    assert seen["sessions"][0]["excuse"] == "NO_COMPANY"


async def test_an_anonymous_report_is_not_mediated(drama: Drama) -> None:
    """X15: handling goes on, T15 is refused; a named one is mediated."""
    case_id = await drama.submit(FEES, anonymous=True)
    await drama.act(STREET, case_id, "signature")
    refused = await drama.refused(STREET, case_id, "mediation", {})
    assert refused == (409, "ANONYMOUS_CANNOT_MEDIATE")
    await drama.act(STREET, case_id, "progress", {"text": "已现场核实"})
    await _mediating(drama)


async def test_who_may_ask_for_mediation(drama: Drama) -> None:
    """T15, 3.9: street for medium, the grid worker for small; not the company, not the leader."""
    medium = await drama.submit(FEES)
    await drama.act(STREET, medium, "signature")
    for actor in (COMPANY, WORKER, staff("wanggezhang.wenquan")):
        assert (await drama.refused(actor, medium, "mediation", {}))[0] == 403
    small = await drama.submit(NOISE)
    await drama.act(WORKER, small, "signature")
    await drama.act(WORKER, small, "mediation", {})


async def test_a_date_needs_both_parties(drama: Drama) -> None:
    """Facts 2.1: consent per party, each for itself; who mediates may note what a party said."""
    case_id = await _mediating(drama)
    schedule = {"time": "2026-03-03T08:00:00+08:00", "place": "综治中心"}
    missing = await drama.refused(STREET, case_id, "mediation/schedule", schedule)
    assert missing == (409, "CONSENT_MISSING")
    agreed = {"party": "OWNER", "consent": "AGREED"}
    company = {"party": "COMPANY", "consent": "AGREED"}
    assert (await drama.refused(COMPANY, case_id, "mediation/consents", agreed))[0] == 403
    assert (await drama.refused(owner(), case_id, "mediation/consents", company))[0] == 403
    assert (await drama.refused(owner("owner-2"), case_id, "mediation/consents", agreed))[0] == 404
    receipt = await drama.act(owner(), case_id, "mediation/consents", agreed)
    assert set(receipt) == {"id", "number", "version", "state", "state_name"}
    await drama.act(STREET, case_id, "mediation/consents", company)
    await drama.act(STREET, case_id, "mediation/schedule", schedule)
    told = (await drama.stage.said(said.MediationScheduled))[0]
    assert told.place == "综治中心"
    past = {"time": "2026-03-01T08:00:00+08:00", "place": "综治中心"}
    assert await drama.refused(STREET, case_id, "mediation/schedule", past) == (
        422,
        "SCHEDULED_IN_THE_PAST",
    )


async def test_nobody_is_mediated_against_the_own_will(drama: Drama) -> None:
    """F:L1 art. 17, X23, T17: the refusal bars sessions; on record it meets CK-03."""
    case_id = await _mediating(drama)
    refusal = {"party": "COMPANY", "consent": "REFUSED"}
    await drama.act(COMPANY, case_id, "mediation/consents", refusal)
    session = _session(drama, "COMMUNITY", "COMPANY")
    refused = await drama.refused(STREET, case_id, "mediation/sessions", session)
    assert refused == (409, "CONSENT_REFUSED")
    await drama.act(STREET, case_id, "mediation/refusal", {"reason": "物业明确拒绝"})
    assert (await drama.row(case_id))["state"] == "HANDLING"
    assert (await drama.clock(case_id, "MEDIATION_START"))["state"] == "MET"
    assert (await drama.stage.said(said.MediationRefused))[0].unreachable is False


async def test_unreachable_after_three_contacts_on_two_days(drama: Drama) -> None:
    """X22: two days and three contacts, else refused."""
    case_id = await _mediating(drama)
    contacts = [{"at": f"2026-03-0{day}T08:00:00+08:00", "means": "电话"} for day in (1, 2, 2)]
    same_day = [contact | {"at": "2026-03-02T08:00:00+08:00"} for contact in contacts]
    body = {"reason": "多次联系无人应答", "unreachable": True}
    for few in (contacts[:2], same_day):
        refused = await drama.refused(
            STREET, case_id, "mediation/refusal", body | {"contacts": few}
        )
        assert refused == (422, "TOO_FEW_CONTACTS")
    await drama.act(STREET, case_id, "mediation/refusal", body | {"contacts": contacts})
    assert (await drama.stage.said(said.MediationRefused))[0].unreachable is True


async def test_what_was_said_stays_at_the_table(drama: Drama) -> None:
    """Invariant 10: notes for who mediates; not for company, department, court or owner."""
    case_id = await _mediating(drama)
    await drama.act(STREET, case_id, "mediation/sessions", _session(drama, "COMMUNITY", "COMPANY"))
    committee = {"committee_id": str(world.staff("tiaojie.xianan1").organisation_id)}
    await drama.act(STREET, case_id, "mediation", committee)
    path = f"/cases/{case_id}/mediation"
    for reader in (STREET, staff("tiaojie.xianan1")):
        seen = await drama.see(reader, path)
        assert seen["sessions"][0]["notes"] == "物业愿意让步"
    for party in (COMPANY, owner(), staff("shegong.shi")):
        seen = await drama.see(party, path)
        assert seen["sessions"] is None
        assert "让步" not in json.dumps(seen, ensure_ascii=False)
    for outsider in (staff("fayuan.xianan"), staff("chengguan.xianan"), staff("tiaojie.chibi1")):
        assert (await drama.read(outsider, path)).status_code == 404
    rows = await drama.rows("SELECT notes, attendees FROM mediation_session")
    assert "让步" not in rows[0]["notes"]


async def test_a_named_mediator_mediates_alone(drama: Drama) -> None:
    """F:L1 art. 19: another mediator of the committee sees, but does not act; strangers neither."""
    case_id = await _mediating(drama)
    chosen, colleague = staff("tiaojie.xianan1"), staff("tiaojie.xianan2")
    wish = {"committee_id": str(chosen.organisation_id), "mediator_id": str(chosen.id)}
    stranger = wish | {"mediator_id": str(staff("tiaojie.chibi1").id)}
    assert await drama.refused(STREET, case_id, "mediation", stranger) == (422, "UNKNOWN_COMMITTEE")
    await drama.act(STREET, case_id, "mediation", wish)
    assert (await drama.clock(case_id, "FORMAL_MEDIATION"))["state"] == "RUNNING"
    session = _session(drama, "COMMUNITY", "COMPANY")
    assert (await drama.refused(colleague, case_id, "mediation/sessions", session))[0] == 403
    await drama.act(chosen, case_id, "mediation/sessions", session)


async def test_an_agreement_needs_a_session_and_its_signatures(drama: Drama) -> None:
    """F:L1 arts. 28-29: written with three acts, none of them in the future; read by parties."""
    case_id = await _mediating(drama)
    body = {
        "kind": "WRITTEN",
        "content": "退还三百元",
        "obligations": [{"party": "COMPANY", "what": "退还", "amount": 300}],
        "signed_at": "2026-03-02T09:00:00+08:00",
        "mediator_signed_at": "2026-03-02T09:00:00+08:00",
    }
    path = "mediation/agreement"
    assert await drama.refused(STREET, case_id, path, body) == (409, "NO_SESSION_HELD")
    await drama.act(STREET, case_id, "mediation/sessions", _session(drama, "COMMUNITY", "COMPANY"))
    assert await drama.refused(STREET, case_id, path, body) == (422, "AGREEMENT_INCOMPLETE")
    future = body | {"sealed_at": "2026-03-05T09:00:00+08:00"}
    assert await drama.refused(STREET, case_id, path, future) == (422, "SIGNED_IN_THE_FUTURE")
    third = body | {
        "sealed_at": body["signed_at"],
        "obligations": [{"party": "OTHER", "what": "无"}],
    }
    assert await drama.refused(STREET, case_id, path, third) == (422, "NOT_A_PARTY")
    await drama.act(STREET, case_id, path, body | {"sealed_at": body["signed_at"]})
    for party in (owner(), COMPANY, STREET):
        seen = await drama.see(party, f"/cases/{case_id}/agreement")
        assert seen["content"] == "退还三百元"
    assert (
        await drama.read(staff("shegong.shi"), f"/cases/{case_id}/agreement")
    ).status_code == 403


async def test_a_neighbours_agreement_is_not_the_companys(drama: Drama) -> None:
    """Invariant 10, T38: owner against neighbour; the site office neither reads nor breaks it."""
    case_id = await drama.submit(NOISE)
    await drama.act(WORKER, case_id, "signature")
    await drama.act(WORKER, case_id, "mediation", {"respondent": "OTHER"})
    session = _session(drama, "COMMUNITY", "COMPANY", "OWNER")
    await drama.act(WORKER, case_id, "mediation/sessions", session)
    agreed = {
        "kind": "ORAL",
        "content": "晚十点后保持安静",
        "obligations": [{"party": "OTHER", "what": "铺设地垫"}],
    }
    await drama.act(WORKER, case_id, "mediation/agreement", agreed)
    path, broken = f"/cases/{case_id}/agreement", {"reason": "未铺设"}
    assert (await drama.read(COMPANY, path)).status_code == 403
    assert (await drama.refused(COMPANY, case_id, "agreement/breach", broken))[0] == 403
    for party in (owner(), WORKER):
        assert (await drama.see(party, path))["content"] == "晚十点后保持安静"
    await drama.act(owner(), case_id, "agreement/breach", broken)


async def test_a_session_lies_between_dispatch_and_record(drama: Drama) -> None:
    """T16: neither in the future nor before the case was dispatched."""
    case_id = await _mediating(drama)
    for moment in ("2026-03-02T08:00:00+08:00", "2026-03-02T10:00:00+08:00"):
        body = _session(drama, "COMMUNITY", "COMPANY") | {"held_at": moment}
        refused = await drama.refused(STREET, case_id, "mediation/sessions", body)
        assert refused == (422, "NOT_HELD_YET")


def _session(drama: Drama, *capacities: str) -> dict[str, object]:
    return {
        "held_at": drama.now.isoformat(),
        "place": "社区调解室",
        "attendees": [{"capacity": each} for each in capacities],
        "notes": "物业愿意让步",
    }


async def _mediating(drama: Drama) -> UUID:
    case_id = await drama.submit(FEES)
    await drama.act(STREET, case_id, "signature")
    await drama.act(STREET, case_id, "mediation", {})
    return case_id
