"""Return visits by telephone: survey alone is told the number, when there is one (CK-14)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from deploy.simulators.wechat import Vendor
from shared.contracts.intake import ComplaintSubmitted, ReporterNumber, ReporterNumberTold
from shared.contracts.survey import VisitCallingBegan, VisitState
from shared.privacy import Sealed
from tests.intake.people import ANNA, BORIS, complaint, hotline, once, owner
from tests.intake.phones import ask, consent, newest_code, provider_behind, sign_in
from tests.intake.test_consent import GUARDIAN_MOBILE, RULES
from tests.intake.test_erasing import leave
from tests.intake.test_hotline import order
from tests.samples import CASE, named
from tests.stage import START, Stage

VISIT = named("visit")


def calling(complaint_id: str, owner_id: UUID = ANNA.id) -> VisitCallingBegan:
    visit = VisitState(
        id=VISIT,
        version=2,
        case_id=CASE,
        complaint_id=UUID(complaint_id),
        owner_id=owner_id,
        state="CALLING",
        opened_at=START,
    )
    return VisitCallingBegan(visit=visit)


async def filed(stage: Stage, **changes: Any) -> str:
    async with stage.client(owner(ANNA)) as anna:
        answer = await anna.post("/complaints", json=complaint(**changes), headers=once())
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def told(stage: Stage, event: VisitCallingBegan) -> ReporterNumber:
    await stage.hear(event)
    (answer,) = await stage.said(ReporterNumberTold)
    assert answer.reporter.visit_id == VISIT
    assert answer.reporter.id == event.visit.complaint_id
    return answer.reporter


def opened(stage: Stage, mobile: Sealed) -> str:
    """As survey does."""
    return stage.host.runtime.sealer.open_(mobile, subject=f"{VISIT}/mobile")


async def test_survey_alone_is_told_the_number(stage: Stage) -> None:
    """Facts 2.13: once, though asked twice; sealed for survey, on record, nowhere in the clear."""
    reporter = await told(stage, calling(await filed(stage)))
    assert reporter.mobile is not None
    assert reporter.mobile.audience == "survey"
    assert opened(stage, reporter.mobile) == ANNA.mobile
    assert await stage.count("audit_entry", "action = 'complaint.number_told'") == 1
    for table, column in (("outbox", "body"), ("audit_entry", "details::text")):
        assert await stage.count(table, f"{column} LIKE '%{ANNA.mobile}%'") == 0


async def test_the_number_of_an_anonymous_reporter_is_told_to_nobody(stage: Stage) -> None:
    """X15."""
    reporter = await told(stage, calling(await filed(stage, anonymous=True)))
    assert reporter.mobile is None


async def test_a_visit_leads_to_its_own_reporter_only(stage: Stage) -> None:
    reporter = await told(stage, calling(await filed(stage), BORIS.id))
    assert reporter.mobile is None


async def test_a_number_that_was_told_is_taken_out_of_what_was_sent(
    stage: Stage, vendor: Vendor
) -> None:
    """Facts 2.13: a message may be sent again after the reporter left."""
    assert (await told(stage, calling(await filed(stage)))).mobile is not None
    async with stage.client(owner(ANNA)) as anna:
        assert (await leave(anna, vendor, ANNA)).is_success
    (kept,) = await stage.said(ReporterNumberTold)
    assert kept.reporter.mobile is None


async def test_who_left_is_not_called(stage: Stage, vendor: Vendor) -> None:
    complaint_id = await filed(stage)
    async with stage.client(owner(ANNA)) as anna:
        assert (await leave(anna, vendor, ANNA)).is_success
    assert (await told(stage, calling(complaint_id))).mobile is None


@pytest.mark.parametrize(("wish", "known"), [(None, True), (True, True), (False, False)])
async def test_who_wants_no_return_visit_is_not_called(
    stage: Stage, wish: bool | None, known: bool
) -> None:
    """Facts 2.4: the hotline's order says whether a return visit is wished."""
    wished = {} if wish is None else {"revisit_wished": wish}
    async with stage.client(hotline()) as adapter:
        body = order(reporter_mobile=ANNA.mobile, **wished)
        receipt = (await adapter.post("/hotline/orders", json=body)).json()
    reporter = await told(stage, calling(receipt["id"]))
    assert (reporter.mobile is not None) is known


async def test_of_a_child_the_guardian_is_called(stage: Stage, vendor: Vendor) -> None:
    """X41."""
    provider = await provider_behind(stage)
    fire = complaint(visitor=True, category=RULES.intake.visitor_categories[0])
    async with stage.client() as browser:
        await sign_in(browser, vendor, "child")
        await consent(browser, born_on="2012-03-03")
        await ask(browser, GUARDIAN_MOBILE, "GUARDIAN")
        code = newest_code(provider, GUARDIAN_MOBILE)
        form = {"name": "演示监护人", "mobile": GUARDIAN_MOBILE, "relation": "PARENT"}
        assert (await browser.put("/me/guardian", json=form | {"sms_code": code})).is_success
        receipt = (await browser.post("/complaints", json=fire, headers=once())).json()
    (said,) = await stage.said(ComplaintSubmitted)
    assert said.complaint.owner_id is not None
    reporter = await told(stage, calling(receipt["id"], said.complaint.owner_id))
    assert reporter.mobile is not None
    assert opened(stage, reporter.mobile) == GUARDIAN_MOBILE
