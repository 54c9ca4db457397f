"""W4: mediation fails, the case goes to court and comes back as a result."""

from __future__ import annotations

import json
from uuid import UUID

from deploy.demo import world
from shared.contracts import routing as said
from shared.contracts.intake import ComplaintConfirmed, ComplaintSubmitted
from shared.contracts.vocabulary import Solved
from tests.routing.drama import FEES, HOMESTEAD, NOISE, Drama, owner, staff

STREET = staff("zhongzhi.chimagang")
OFFICE = staff("jiedao.chimagang")
COURT = world.court("421281")
CLERK = staff("fayuan.chibi")
PACKAGE = {
    "claims": ["退还多收物业费三百元"],
    "facts": "业主自二〇二四年起按每平方米一元八角缴费。",
    "evidence": ["缴费票据三张"],
    "undisputed_facts": ["双方对缴费金额无争议"],
}


async def test_w4_from_failure_to_judgment(drama: Drama) -> None:
    """W4, C07, N10, T20, T39, T42, CK-05, CK-06."""
    case_id, event = await _guided(drama)
    assert (await drama.row(case_id))["state"] == "LITIGATION_GUIDED"
    (told,) = await drama.stage.said(said.JudicialGuided)
    assert (told.broken, told.respondent) == (False, "COMPANY")
    assert (await drama.clock(case_id, "MEDIUM_RESOLVE"))["state"] == "MET"
    interim = {"reply": "调解未成，可向法院起诉。", "reason": "调解失败，已告知其他途径"}
    await drama.act(STREET, case_id, "interim-feedback", interim)
    assert (await drama.clock(case_id, "FEEDBACK"))["state"] == "MET"

    package = await _handed_over(drama, case_id)
    filed = {
        "type": "judicial.filed",
        "package_number": package.package_number,
        "case_number_court": "（2026）鄂1281民初88号",
    }
    assert (await drama.call_back("court", COURT, filed)).json()["state"] == "IN_COURT"
    concluded = filed | {"type": "judicial.concluded", "result": "JUDGMENT"}
    assert (await drama.call_back("court", COURT, concluded)).json()["state"] == "RESULT_REVIEW"
    await drama.act(OFFICE, case_id, "review", {"decision": "APPROVE", "reply": "法院已判决。"})
    await drama.stage.hear(
        ComplaintConfirmed(complaint=event.complaint, solved=Solved.YES, level=4)
    )
    row = await drama.row(case_id)
    assert (row["state"], row["result_code"]) == ("CLOSED", "TO_LITIGATION")
    seen = await drama.see(STREET, f"/cases/{case_id}")
    assert seen["results"][0]["text"] == "转诉讼—判决"


async def test_the_package_is_for_one_court_and_has_no_concessions(drama: Drama) -> None:
    """A07, X27: only 鄂1281 reads it; only whitelisted fields; every reading is written down."""
    case_id, _ = await _guided(drama)
    package = await _handed_over(drama, case_id)
    path = f"/court/packages/{package.package_id}"
    seen = await drama.see(CLERK, path)
    allowed = {"parties", "claims", "facts", "evidence", "undisputed_facts", "cause", "case_number"}
    assert set(seen["content"]) <= allowed
    text = json.dumps(seen, ensure_ascii=False)
    assert "愿意退一百" not in text
    assert not any(word in text for word in ("mediation_note", "offer", "concession"))
    assert (await drama.read(staff("fayuan.xianan"), path)).status_code == 404
    assert (await drama.read(STREET, path)).status_code == 403
    assert (await drama.read(owner("owner-5"), path)).status_code == 403
    assert await drama.stage.count("audit_entry", "action = 'judicial.package_read'") == 1
    with_offer = PACKAGE | {"offer": "一百元"}
    assert (await drama.refused(STREET, case_id, "judicial/package", with_offer))[0] == 422


async def test_the_party_consents_first(drama: Drama) -> None:
    """T39: no package without the owner's consent; nobody else may give it."""
    case_id, event = await _guided(drama)
    refused = await drama.refused(STREET, case_id, "judicial/package", PACKAGE)
    assert refused == (409, "CONSENT_TO_COURT_MISSING")
    assert (await drama.refused(STREET, case_id, "judicial/consent"))[0] == 403
    assert (await drama.refused(owner("owner-1"), case_id, "judicial/consent"))[0] == 404
    await drama.act(owner("owner-5"), case_id, "judicial/consent")
    await drama.act(STREET, case_id, "judicial/package", PACKAGE)
    refused = await drama.refused(STREET, case_id, "judicial/package", PACKAGE)
    assert refused == (409, "PACKAGE_ALREADY_SENT")
    assert event.complaint.owner_id == owner("owner-5").id


async def test_a_case_number_is_checked(drama: Drama) -> None:
    """T39, facts 2.10: unknown courts, other courts and zero are refused; half width is read."""
    case_id, _ = await _guided(drama)
    package = await _handed_over(drama, case_id)
    message = {"type": "judicial.filed", "package_number": package.package_number}
    for number in ("（2026）鄂1203民初1号", "（2026）鄂1281民初0号", "（2026）鄂1202民初1号"):
        answer = await drama.call_back("court", COURT, message | {"case_number_court": number})
        assert answer.status_code == 422, number
    good = message | {"case_number_court": "(2026)鄂1281民初88号"}
    assert (await drama.call_back("court", COURT, good)).status_code == 200
    rows = await drama.rows("SELECT court_case_number FROM judicial_matter")
    assert rows[0]["court_case_number"] == "（2026）鄂1281民初88号"
    other = {
        "type": "judicial.concluded",
        "package_number": package.package_number,
        "case_number_court": "（2026）鄂1281民初89号",
        "result": "JUDGMENT",
    }
    answer = await drama.call_back("court", COURT, other)
    assert (answer.status_code, answer.json()["code"]) == (409, "OTHER_CASE_NUMBER")


async def test_the_end_of_a_mediation_is_recorded_by_who_mediates(drama: Drama) -> None:
    """T20: not by a party, not before a session; then T38's and T40's states are open, T24's not.

    A recorded refusal stands for the session and meets CK-03.
    """
    case_id = await drama.submit(FEES, place=HOMESTEAD, reporter=owner("owner-5"))
    await drama.act(STREET, case_id, "signature")
    await drama.act(STREET, case_id, "mediation", {})
    reason = {"reason": "双方差距过大"}
    for party in (staff("wuye.chimagang"), owner("owner-5")):
        assert (await drama.refused(party, case_id, "mediation/failure", reason))[0] == 403
    untried = await drama.refused(STREET, case_id, "mediation/failure", reason)
    assert untried == (409, "MEDIATION_NOT_TRIED")
    refusal = {"party": "COMPANY", "consent": "REFUSED"}
    await drama.act(STREET, case_id, "mediation/consents", refusal)
    await drama.act(STREET, case_id, "mediation/failure", reason)
    assert (await drama.clock(case_id, "MEDIATION_START"))["state"] == "MET"
    result = {"result_code": "SOLVED", "text": "已解决"}
    assert (await drama.refused(STREET, case_id, "result", result))[1] == "ACTION_NOT_POSSIBLE"


async def test_a_grid_worker_alone_does_not_send_people_to_court(drama: Drama) -> None:
    """T20: the worker mediates a small matter; that it failed is the street's word; CK-04 stops."""
    worker, street = staff("wangge.wenquan2"), staff("zhongzhi.wenquan")
    case_id = await drama.submit(NOISE)
    await drama.act(worker, case_id, "signature")
    await drama.act(worker, case_id, "mediation", {})
    session = {
        "held_at": drama.now.isoformat(),
        "place": "社区调解室",
        "attendees": [{"capacity": "COMMUNITY"}, {"capacity": "COMPANY"}],
    }
    await drama.act(worker, case_id, "mediation/sessions", session)
    reason = {"reason": "双方差距过大"}
    refused = await drama.refused(worker, case_id, "mediation/failure", reason)
    assert refused == (403, "NOT_YOUR_TASK")
    await drama.act(street, case_id, "mediation/failure", reason)
    assert (await drama.clock(case_id, "SMALL_RESOLVE"))["state"] == "STOPPED"


async def test_a_package_is_registered_and_concluded_once(drama: Drama) -> None:
    """T39, T42: the same news under another message id is refused, before and after the end."""
    case_id, _ = await _guided(drama)
    package = await _handed_over(drama, case_id)
    filed = {
        "type": "judicial.filed",
        "package_number": package.package_number,
        "case_number_court": "（2026）鄂1281民初88号",
    }
    concluded = filed | {"type": "judicial.concluded", "result": "JUDGMENT"}
    early = await drama.call_back("court", COURT, concluded)
    assert (early.status_code, early.json()["code"]) == (409, "MATTER_NOT_IN_COURT")
    assert (await drama.call_back("court", COURT, filed)).status_code == 200
    again = await drama.call_back("court", COURT, filed)
    assert (again.status_code, again.json()["code"]) == (409, "PACKAGE_NOT_AWAITING_FILING")
    assert (await drama.call_back("court", COURT, concluded)).status_code == 200
    again = await drama.call_back("court", COURT, concluded)
    assert (again.status_code, again.json()["code"]) == (409, "MATTER_NOT_IN_COURT")
    told = (await drama.stage.said(said.JudicialConcluded))[0].case
    handed_in = (await drama.stage.said(said.CaseResultSubmitted))[-1].case
    assert told == handed_in, "X37: one version, one state"
    assert told.result_code == "TO_LITIGATION"


async def test_not_filed_goes_to_review(drama: Drama) -> None:
    """T40: recorded by street or centre, not by the company."""
    case_id, _ = await _guided(drama)
    reason = {"reason": "业主不愿起诉"}
    assert (await drama.refused(staff("wuye.chimagang"), case_id, "judicial/not-filed", reason))[
        0
    ] == 403
    done = await drama.act(STREET, case_id, "judicial/not-filed", reason)
    assert (done["state"], done["result_code"]) == ("RESULT_REVIEW", "TO_LITIGATION")


async def _guided(drama: Drama) -> tuple[UUID, ComplaintSubmitted]:
    """As W4 tells it: the company refuses at the session of day 2, day 3 the mediation fails."""
    event = drama.submission(FEES, place=HOMESTEAD, reporter=owner("owner-5"))
    await drama.stage.hear(event)
    case_id = await drama.case_of(event.complaint.id)
    await drama.act(STREET, case_id, "signature")
    await drama.act(STREET, case_id, "mediation", {})
    drama.move_to("2026-03-03 08:30")
    session = {
        "held_at": "2026-03-03T08:30:00+08:00",
        "place": "赤马港街道综治中心",
        "attendees": [{"capacity": each} for each in ("OWNER", "COMPANY", "COMMUNITY")],
        "notes": "物业愿意退一百，业主不接受",
    }
    await drama.act(STREET, case_id, "mediation/sessions", session)
    drama.move_to("2026-03-04 09:00")
    await drama.act(STREET, case_id, "mediation/failure", {"reason": "双方差距过大"})
    return case_id, event


async def _handed_over(drama: Drama, case_id: UUID) -> said.PackageState:
    await drama.act(owner("owner-5"), case_id, "judicial/consent")
    await drama.act(STREET, case_id, "judicial/package", PACKAGE)
    return (await drama.stage.said(said.JudicialHandedOver))[0].package
