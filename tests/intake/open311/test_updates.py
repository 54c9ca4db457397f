"""Service request updates: the de-facto extension that FixMyStreet speaks."""

from __future__ import annotations

import json
from datetime import timedelta

from shared.contracts import routing
from shared.contracts.intake import ComplaintSupplemented
from shared.contracts.routing import InformationRequest, InformationRequested
from shared.contracts.vocabulary import CaseStatus
from tests.intake.open311.calls import KEY, Facade, errors, names, parsed
from tests.intake.open311.test_reading import closed, id_of
from tests.intake.people import GARDEN
from tests.samples import a_case
from tests.stage import Stage

UPDATES = "v2/servicerequestupdates"
MORE = "又坏了两盏，三楼也没有灯了"


def update(number: str, **changes: str) -> dict[str, str]:
    return {
        "api_key": KEY,
        "service_request_id": number,
        "update_id": "77",
        "status": "OPEN",
        "updated_datetime": "2026-03-02T09:30:00+08:00",
        "description": MORE,
    } | changes


async def test_updates_are_listed_oldest_first(facade: Facade, stage: Stage) -> None:
    number = await facade.file()
    stage.clock.advance(timedelta(hours=1))
    case = a_case(complaint_ids=(await id_of(stage, number),), estate_id=GARDEN.id)
    await stage.hear(routing.CaseDispatched(case=case))
    stage.clock.advance(timedelta(hours=1))
    ended = case.model_copy(update={"version": 9, "state": CaseStatus.CLOSED})
    await stage.hear(routing.CaseClosed(case=ended))
    public = await facade.read(f"{UPDATES}.json")
    assert [each["status"] for each in public] == ["OPEN", "OPEN", "CLOSED"]
    assert list(public[0]) == [
        *("update_id", "service_request_id", "status", "updated_datetime", "description"),
        "media_url",
    ]
    assert {each["service_request_id"] for each in public} == {number}
    assert len({each["update_id"] for each in public}) == 3
    own = await facade.read(f"{UPDATES}.json", api_key=KEY)
    assert number in own[0]["description"], "its own client tells the reporter"
    assert number not in public[0]["description"]
    later = await facade.read(f"{UPDATES}.json", start_date="2026-03-02T10:30:00+08:00")
    assert [each["status"] for each in later] == ["CLOSED"]
    root = parsed(await facade.get(f"{UPDATES}.xml"))
    assert (root.tag, {child.tag for child in root}) == (
        "service_request_updates",
        {"request_update"},
    )


async def test_an_update_reaches_the_handlers_once(facade: Facade, stage: Stage) -> None:
    """T03: added unasked; the same update_id is taken once, however often it is sent."""
    number = await facade.file()
    answers = [await facade.post(update(number), f"{UPDATES}.json") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert list(answers[0].json()[0]) == ["update_id", "account_id"]
    (said,) = await stage.said(ComplaintSupplemented)
    assert said.complaint.state == "SUBMITTED"
    assert await stage.count("complaint", f"text LIKE '%{MORE}'") == 1
    root = parsed(await facade.post(update(number, update_id="78"), f"{UPDATES}.xml"))
    assert (root.tag, names(root[0])) == (
        "service_request_updates",
        ["update_id", "account_id"],
    )


async def test_a_client_knows_its_updates_again(facade: Facade, stage: Stage) -> None:
    """FixMyStreet skips what it knows by the id that POST answered; others read the step."""
    number = await facade.file()
    stage.clock.advance(timedelta(minutes=30))
    words = f"{MORE}，请打13900000042"
    posted = await facade.post(update(number, description=words), f"{UPDATES}.json")
    (known,) = {each["update_id"] for each in posted.json()}
    own = await facade.read(f"{UPDATES}.json", api_key=KEY)
    assert [each["description"] for each in own if each["update_id"] == known] == [words]
    assert len(own) == 2, "the receipt, and the update once"
    public = await facade.read(f"{UPDATES}.json")
    assert [each["update_id"] for each in public] == [each["update_id"] for each in own]
    assert public[1]["description"] == "已补充说明"
    assert await stage.count("complaint", f"details LIKE '%{MORE}%'") == 0


async def test_an_update_id_is_of_one_update(facade: Facade, stage: Stage) -> None:
    number = await facade.file()
    await facade.post(update(number), f"{UPDATES}.json")
    other = await facade.post(update(number, description="另外的话"), f"{UPDATES}.json")
    ((code, description),) = errors(other)
    assert (other.status_code, code) == (400, 422)
    assert "update_id" in description
    assert len(await stage.said(ComplaintSupplemented)) == 1


async def test_an_update_supplies_what_was_asked_for(facade: Facade, stage: Stage) -> None:
    """T02, T03."""
    number = await facade.file()
    asked = InformationRequest(
        id=await id_of(stage, number),
        version=2,
        missing=("PLACE",),
        until=stage.clock.now() + timedelta(days=5),
    )
    await stage.hear(InformationRequested(request=asked))
    assert (await facade.post(update(number), f"{UPDATES}.json")).status_code == 200
    assert await stage.count("complaint", "state = 'SUBMITTED' AND supplied_at IS NOT NULL") == 1


async def test_updates_that_are_refused(facade: Facade, stage: Stage) -> None:
    number = await facade.file()
    wrong = (
        (update(number, api_key=""), 403),
        (update("SQ421202-20260302-09999"), 404),
        (update(number, description=""), 400),
        (update(number, description="字" * 4001), 400),
    )
    for form, status in wrong:
        refused = await facade.post(form, f"{UPDATES}.json")
        assert (refused.status_code, errors(refused)[0][0]) == (status, status), json.dumps(form)
    await closed(stage, number)
    late = await facade.post(update(number), f"{UPDATES}.json")
    assert (late.status_code, errors(late)[0][0]) == (400, 409)
    assert await stage.said(ComplaintSupplemented) == []
