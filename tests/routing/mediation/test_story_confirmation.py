"""W2: a medium matter, a written agreement, and its judicial confirmation."""

from __future__ import annotations

from uuid import UUID

from deploy.demo import world
from shared.contracts import routing as said
from shared.contracts.intake import ComplaintConfirmed, ComplaintSubmitted
from shared.contracts.vocabulary import Channel, Solved
from tests.routing.drama import FEES, GARDEN, Drama, at, owner, staff

STREET = staff("zhongzhi.wenquan")
OFFICE = staff("jiedao.wenquan")
COMPANY = staff("wuye.wenquan")
COMMITTEE = world.staff("tiaojie.xianan1").organisation_id
MEDIATOR = staff("tiaojie.xianan1")
COURT = world.court("421202")


async def test_w2_from_hotline_to_performance(drama: Drama) -> None:
    """W2, B04, B05, B06, B10, CK-01, CK-03, CK-05, CK-06, CK-08, CK-09, T18, T34, T35, T37."""
    case_id, event = await _agreed(drama)
    row = await drama.row(case_id)
    assert row["state"] == "AGREEMENT_PERFORMING"
    assert (await drama.clock(case_id, "MEDIUM_RESOLVE"))["state"] == "MET"
    assert (await drama.clock(case_id, "MEDIUM_RESOLVE"))["due_at"] == at("2026-08-28 00:00")
    until = (await drama.clock(case_id, "CONFIRMATION_APPLICATION"))["due_at"]
    assert until == at("2026-09-21 00:00"), "2026-09-20 24:00, a Sunday that is worked"

    drama.move_to("2026-08-22 10:00")
    interim = {"reply": "已达成调解协议，正在履行。", "reason": "协议履行期至十月十五日"}
    await drama.act(STREET, case_id, "interim-feedback", interim)
    assert (await drama.clock(case_id, "FEEDBACK"))["state"] == "MET"

    drama.move_to("2026-09-10 09:00")
    await drama.act(owner(), case_id, "agreement/confirmation-applications", {})
    assert (await drama.row(case_id))["state"] == "AGREEMENT_PERFORMING", "X25: one is not enough"
    consent = {"party": "COMPANY"}
    await drama.act(COMPANY, case_id, "agreement/confirmation-applications/consents", consent)
    assert (await drama.row(case_id))["state"] == "JUDICIAL_CONFIRMING"
    applied = (await drama.stage.said(said.ConfirmationApplied))[0]
    assert applied.application.court_id == COURT

    drama.move_to("2026-09-28 15:00")
    decided = {
        "type": "confirmation.decided",
        "application_number": applied.application.application_number,
        "case_number_court": "(2026)鄂1202民特7号",
        "result": "CONFIRMED",
    }
    answer = await drama.call_back("court", COURT, decided)
    assert answer.status_code == 200, answer.text
    assert answer.json()["state"] == "AGREEMENT_PERFORMING"
    told = (await drama.stage.said(said.ConfirmationDecided))[0]
    assert told.court_case_number == "（2026）鄂1202民特7号"

    drama.move_to("2026-10-15 11:00")
    await drama.act(MEDIATOR, case_id, "agreement/performance", {"proofs": ["转账回单"]})
    await drama.act(OFFICE, case_id, "review", {"decision": "APPROVE", "reply": "已全部退还。"})
    await drama.stage.hear(
        ComplaintConfirmed(complaint=event.complaint, solved=Solved.YES, level=5)
    )
    row = await drama.row(case_id)
    assert (row["state"], row["result_code"], row["overdue"]) == ("CLOSED", "SOLVED", False)


async def test_a_refused_confirmation_brings_the_parties_back(drama: Drama) -> None:
    """T36: CK-08 anew, a new attempt with consents to be asked again."""
    case_id, _ = await _agreed(drama)
    number = await _applied(drama, case_id)
    refused = {"type": "confirmation.decided", "application_number": number, "result": "REJECTED"}
    assert (await drama.call_back("court", COURT, refused)).status_code == 200
    assert (await drama.row(case_id))["state"] == "MEDIATING"
    assert (await drama.clock(case_id, "FORMAL_MEDIATION"))["state"] == "RUNNING"
    seen = await drama.see(MEDIATOR, f"/cases/{case_id}/mediation")
    assert {party["consent"] for party in seen["parties"]} == {"PENDING"}
    assert (await drama.read(owner(), f"/cases/{case_id}/agreement")).status_code == 404


async def test_a_court_decides_once(drama: Drama) -> None:
    """T35, T36: a second decision on the old application does not touch the new one."""
    case_id, _ = await _agreed(drama)
    number = await _applied(drama, case_id)
    decided = {"type": "confirmation.decided", "application_number": number}
    confirmed = decided | {"result": "CONFIRMED", "case_number_court": "（2026）鄂1202民特7号"}
    assert (await drama.call_back("court", COURT, confirmed)).status_code == 200
    again = await drama.call_back("court", COURT, decided | {"result": "REJECTED"})
    assert (again.status_code, again.json()["code"]) == (409, "APPLICATION_NOT_PENDING")
    assert (await drama.row(case_id))["state"] == "AGREEMENT_PERFORMING"
    refused = await drama.refused(owner(), case_id, "agreement/confirmation-applications", {})
    assert refused == (409, "AGREEMENT_ALREADY_CONFIRMED")
    await drama.act(STREET, case_id, "agreement/performance", {"proofs": ["转账回单"]})
    performed = (await drama.stage.said(said.AgreementPerformed))[0].case
    handed_in = (await drama.stage.said(said.CaseResultSubmitted))[-1].case
    assert (performed, performed.result_code) == (handed_in, "SOLVED"), "X37"


async def test_performance_is_recorded_by_who_mediated(drama: Drama) -> None:
    """T37: a party cannot declare itself done; afterwards nothing is left to break."""
    case_id, _ = await _agreed(drama)
    proofs = {"proofs": ["转账回单"]}
    for party in (COMPANY, owner()):
        assert (await drama.refused(party, case_id, "agreement/performance", proofs))[0] == 403
    await drama.act(STREET, case_id, "agreement/performance", proofs)
    refused = await drama.refused(owner(), case_id, "agreement/breach", {"reason": "未履行"})
    assert refused == (409, "ACTION_NOT_POSSIBLE")


async def test_only_the_court_addressed_reads_and_decides(drama: Drama) -> None:
    """A07: 鄂1202's application does not exist for 鄂1281."""
    case_id, _ = await _agreed(drama)
    number = await _applied(drama, case_id)
    rows = await drama.rows("SELECT id FROM confirmation_application")
    path = f"/court/applications/{rows[0]['id']}"
    seen = await drama.see(staff("fayuan.xianan"), path)
    assert seen["agreement"]["obligations"][0]["amount"] == "300.00"
    assert (await drama.read(staff("fayuan.chibi"), path)).status_code == 404
    assert (await drama.read(STREET, path)).status_code == 403
    decided = {"type": "confirmation.decided", "application_number": number, "result": "CONFIRMED"}
    assert (await drama.call_back("court", world.court("421281"), decided)).status_code == 404


async def test_after_thirty_days_the_way_is_closed(drama: Drama) -> None:
    """CK-09, X26: on the last day it is possible, after it no longer; the option has a warning."""
    case_id, _ = await _agreed(drama)
    drama.move_to("2026-09-21 00:00:01")
    status, code = await drama.refused(owner(), case_id, "agreement/confirmation-applications", {})
    assert (status, code) == (409, "CONFIRMATION_TOO_LATE")


async def test_ownership_is_not_confirmed(drama: Drama) -> None:
    """X24: an agreement about ownership is refused with its reason."""
    case_id, _ = await _agreed(drama, concerns_ownership=True)
    (told,) = await drama.stage.said(said.AgreementEffective)
    assert (told.confirmable, told.respondent) == (False, "COMPANY")
    status, code = await drama.refused(owner(), case_id, "agreement/confirmation-applications", {})
    assert (status, code) == (409, "OWNERSHIP_IS_NOT_CONFIRMED")


async def test_a_broken_agreement_leads_to_court_unless_confirmed(drama: Drama) -> None:
    """T38."""
    case_id, _ = await _agreed(drama)
    broken = {"reason": "逾期未退还"}
    assert (await drama.refused(staff("zhongzhi.chibi"), case_id, "agreement/breach", broken))[
        0
    ] == 404
    await drama.act(owner(), case_id, "agreement/breach", broken)
    assert (await drama.row(case_id))["state"] == "LITIGATION_GUIDED"
    assert (await drama.clock(case_id, "CONFIRMATION_APPLICATION"))["state"] == "STOPPED"
    (told,) = await drama.stage.said(said.JudicialGuided)
    assert (told.broken, told.respondent) == (True, "COMPANY")


async def _agreed(drama: Drama, **facts: object) -> tuple[UUID, ComplaintSubmitted]:
    """As W2 tells it, until the written agreement takes effect on 2026-08-21."""
    drama.move_to("2026-08-20 10:05")
    event = drama.submission(
        FEES, place=GARDEN, channel=Channel.HOTLINE, promised_from=at("2026-08-20 10:00")
    )
    await drama.stage.hear(event)
    case_id = await drama.case_of(event.complaint.id)
    assert (await drama.row(case_id))["state"] == "TO_DISPATCH", "hotline: a person confirms"
    drama.move_to("2026-08-20 10:40")
    await drama.act(STREET, case_id, "dispatch", {})
    dispatch = await drama.clock(case_id, "DISPATCH")
    assert (dispatch["state"], dispatch["due_at"]) == ("MET", at("2026-08-20 11:00"))
    await drama.act(STREET, case_id, "signature")
    await drama.act(STREET, case_id, "mediation", {})
    await drama.act(owner(), case_id, "mediation/consents", {"party": "OWNER", "consent": "AGREED"})
    await drama.act(
        COMPANY, case_id, "mediation/consents", {"party": "COMPANY", "consent": "AGREED"}
    )
    schedule = {"time": "2026-08-21T09:00:00+08:00", "place": "温泉街道综治中心"}
    await drama.act(STREET, case_id, "mediation/schedule", schedule)
    drama.move_to("2026-08-21 09:00")
    session = {
        "held_at": "2026-08-21T09:00:00+08:00",
        "place": "温泉街道综治中心",
        "attendees": [{"capacity": each} for each in ("OWNER", "COMPANY", "COMMUNITY", "STREET")],
        "notes": "物业愿意退还三百元",
    }
    await drama.act(STREET, case_id, "mediation/sessions", session)
    start = await drama.clock(case_id, "MEDIATION_START")
    assert (start["state"], start["due_at"]) == ("MET", at("2026-08-21 10:40"))
    await drama.act(STREET, case_id, "mediation", {"committee_id": str(COMMITTEE)})
    drama.move_to("2026-08-21 16:00")
    agreement = {
        "kind": "WRITTEN",
        "content": "物业公司于十月十五日前退还三百元。",
        "obligations": [
            {"party": "COMPANY", "what": "退还物业费", "amount": 300, "due_on": "2026-10-15"}
        ],
        "signed_at": "2026-08-21T15:30:00+08:00",
        "mediator_signed_at": "2026-08-21T15:40:00+08:00",
        "sealed_at": "2026-08-21T16:00:00+08:00",
        **facts,
    }
    await drama.act(MEDIATOR, case_id, "mediation/agreement", agreement)
    return case_id, event


async def _applied(drama: Drama, case_id: UUID) -> str:
    await drama.act(owner(), case_id, "agreement/confirmation-applications", {})
    consent = {"party": "COMPANY"}
    await drama.act(COMPANY, case_id, "agreement/confirmation-applications/consents", consent)
    applied = (await drama.stage.said(said.ConfirmationApplied))[0]
    return applied.application.application_number
