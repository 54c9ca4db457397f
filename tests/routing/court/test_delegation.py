"""T41: a court gives a filed matter to a mediator, and gets it back, or an agreement."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from deploy.demo import world
from shared.contracts import routing as said
from tests.routing.drama import FEES, HOMESTEAD, Drama, at, owner, staff

STREET = staff("zhongzhi.chimagang")
COURT = world.court("421281")
NUMBER = "（2026）鄂1281民初88号"
PACKAGE = {"claims": ["退还多收物业费三百元"], "facts": "按每平方米一元八角缴费。"}
TABLE = [{"capacity": each} for each in ("OWNER", "COMPANY", "COMMUNITY")]


@pytest.mark.parametrize(
    ("procedure", "kind", "due"),
    [
        ("DELEGATED", "DELEGATED_MEDIATION", "2026-05-01 00:00"),
        ("ENTRUSTED", "ENTRUSTED_MEDIATION", "2026-04-16 00:00"),
        ("ENTRUSTED_SIMPLIFIED", "ENTRUSTED_MEDIATION_SIMPLIFIED", "2026-04-08 00:00"),
    ],
)
async def test_the_period_runs_from_the_mediators_receipt(
    drama: Drama, procedure: str, kind: str, due: str
) -> None:
    """CK-10: 30 days; CK-11: 15, in the simplified procedure 7; not before the receipt."""
    case_id, package = await _filed(drama)
    assert (await _delegate(drama, package, procedure)).json()["state"] == "MEDIATING"
    (delegated,) = await drama.stage.said(said.JudicialDelegatedBack)
    assert delegated.procedure == procedure
    drama.move_to("2026-03-31 09:00")
    await drama.act(STREET, case_id, "mediation/receipt")
    assert (await drama.clock(case_id, kind))["due_at"] == at(due)
    told = (await drama.stage.said(said.CaseProgressed))[-1]
    assert kind in {each.kind for each in told.case.clocks}, "every change of a clock is told"
    again = await drama.refused(STREET, case_id, "mediation/receipt")
    assert again == (409, "RECEIVED_ALREADY")


async def test_an_agreement_ends_the_courts_matter(drama: Drama) -> None:
    """T41, T19: agreed at the table, the matter is concluded as the court's mediation."""
    case_id, package = await _filed(drama)
    await _delegate(drama, package, "DELEGATED")
    await drama.act(STREET, case_id, "mediation/receipt")
    await _session(drama, case_id)
    agreed = {"kind": "ORAL", "content": "当场退还三百元"}
    done = await drama.act(STREET, case_id, "mediation/agreement", agreed)
    assert done["state"] == "RESULT_REVIEW"
    assert (await drama.clock(case_id, "DELEGATED_MEDIATION"))["state"] == "MET"
    rows = await drama.rows("SELECT stage, outcome FROM judicial_matter")
    assert rows == [{"stage": "CONCLUDED", "outcome": "COURT_MEDIATION"}]


async def test_without_agreement_the_court_goes_on(drama: Drama) -> None:
    """T41: a failure is no second guidance to sue, the matter is at the court already."""
    case_id, package = await _filed(drama)
    await _delegate(drama, package, "ENTRUSTED")
    await drama.act(STREET, case_id, "mediation/receipt")
    await _session(drama, case_id)
    failed = await drama.act(STREET, case_id, "mediation/failure", {"reason": "差距过大"})
    assert failed["state"] == "IN_COURT"
    assert len(await drama.stage.said(said.JudicialGuided)) == 1, "the one before the court"
    assert len(await drama.stage.said(said.JudicialReturned)) == 1
    concluded = _message("judicial.concluded", package) | {"result": "JUDGMENT"}
    assert (await drama.call_back("court", COURT, concluded)).json()["state"] == "RESULT_REVIEW"


async def test_a_refusal_gives_it_back_as_well(drama: Drama) -> None:
    """T17 leads a court's matter back to the court."""
    case_id, package = await _filed(drama)
    await _delegate(drama, package, "DELEGATED")
    refusal = {"reason": "不愿继续调解", "party": "COMPANY"}
    assert (await drama.act(STREET, case_id, "mediation/refusal", refusal))["state"] == "IN_COURT"


async def test_the_period_over_the_matter_is_the_courts_again(drama: Drama) -> None:
    """CK-10, CK-11 run out: back to court by the system, once."""
    case_id, package = await _filed(drama)
    await _delegate(drama, package, "ENTRUSTED_SIMPLIFIED")
    await drama.act(STREET, case_id, "mediation/receipt")
    await drama.pass_time(days=9)
    await drama.stage.sweep()
    assert (await drama.row(case_id))["state"] == "IN_COURT"
    assert len(await drama.stage.said(said.JudicialReturned)) == 1
    rows = await drama.rows("SELECT stage FROM mediation WHERE court_procedure IS NOT NULL")
    assert rows[0]["stage"] == "TERMINATED"


async def test_a_period_that_ends_during_a_pause_gives_it_back_afterwards(drama: Drama) -> None:
    """CK-10, T28: suspended for something else the period runs on, and nothing is forgotten."""
    case_id, package = await _filed(drama)
    await _delegate(drama, package, "DELEGATED")
    await drama.act(STREET, case_id, "mediation/receipt")
    due = (await drama.clock(case_id, "DELEGATED_MEDIATION"))["due_at"]
    until = due + timedelta(days=1)
    drama.stage.clock.move_to(due - timedelta(days=5))
    pause = {"reason": "OWNERS_VOTE", "until": until.isoformat(), "note": "等待业主表决"}
    await drama.act(staff("zhongzhi.chibi"), case_id, "suspension", pause)
    drama.stage.clock.move_to(due + timedelta(seconds=1))
    await drama.stage.sweep()
    assert (await drama.row(case_id))["state"] == "SUSPENDED"
    drama.stage.clock.move_to(until)
    await drama.stage.sweep()
    assert (await drama.row(case_id))["state"] == "IN_COURT"
    assert (await drama.clock(case_id, "DELEGATED_MEDIATION"))["state"] == "MET"


async def test_only_a_filed_matter_is_delegated_and_only_by_its_court(drama: Drama) -> None:
    case_id, package = await _filed(drama)
    other = await drama.call_back(
        "court", world.court("421202"), _message("judicial.delegated_back", package, "DELEGATED")
    )
    assert (other.status_code, other.json()["code"]) == (404, "PACKAGE_NOT_FOUND")
    wrong = _message("judicial.delegated_back", package, "DELEGATED")
    wrong["case_number_court"] = "（2026）鄂1281民初89号"
    refused = await drama.call_back("court", COURT, wrong)
    assert (refused.status_code, refused.json()["code"]) == (409, "OTHER_CASE_NUMBER")
    await _delegate(drama, package, "DELEGATED")
    again = await _delegate(drama, package, "DELEGATED")
    assert (again.status_code, again.json()["code"]) == (409, "MATTER_NOT_IN_COURT")
    assert (await drama.row(case_id))["state"] == "MEDIATING"


async def test_a_mediation_of_our_own_has_no_receipt(drama: Drama) -> None:
    case_id = await drama.submit(FEES, place=HOMESTEAD, reporter=owner("owner-5"))
    await drama.act(STREET, case_id, "signature")
    await drama.act(STREET, case_id, "mediation", {})
    refused = await drama.refused(STREET, case_id, "mediation/receipt")
    assert refused == (409, "NOT_FOR_A_COURT")


async def _filed(drama: Drama) -> tuple[UUID, str]:
    case_id = await drama.submit(FEES, place=HOMESTEAD, reporter=owner("owner-5"))
    await drama.act(STREET, case_id, "signature")
    await drama.act(STREET, case_id, "mediation", {})
    await _session(drama, case_id)
    await drama.act(STREET, case_id, "mediation/failure", {"reason": "双方差距过大"})
    await drama.act(owner("owner-5"), case_id, "judicial/consent")
    await drama.act(STREET, case_id, "judicial/package", PACKAGE)
    number = (await drama.stage.said(said.JudicialHandedOver))[0].package.package_number
    filed = await drama.call_back("court", COURT, _message("judicial.filed", number))
    assert filed.status_code == 200, filed.text
    return case_id, number


async def _session(drama: Drama, case_id: UUID) -> None:
    session = {"held_at": drama.now.isoformat(), "place": "综治中心", "attendees": TABLE}
    await drama.act(STREET, case_id, "mediation/sessions", session)


async def _delegate(drama: Drama, package: str, procedure: str) -> Any:
    message = _message("judicial.delegated_back", package, procedure)
    return await drama.call_back("court", COURT, message)


def _message(kind: str, package: str, procedure: str | None = None) -> dict[str, str]:
    message = {"type": kind, "package_number": package, "case_number_court": NUMBER}
    return message | ({"procedure": procedure} if procedure else {})
