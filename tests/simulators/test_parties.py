"""Departments and courts: receive signed webhooks, answer with signed callbacks (P14, T19)."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI, Request

from deploy.simulators import build_court, build_department
from deploy.simulators.party import Party
from deploy.simulators.party.moods import Mood
from deploy.simulators.payloads import CaseSigned
from services.notify.webhooks.sending.posting import TOTAL_TIMEOUT
from shared.clock import SimulatedClock
from shared.ids import new_id
from shared.signatures import (
    PrivateKey,
    PublicKey,
    SharedSecret,
    SignatureRejected,
    Verifier,
    sign,
    verify,
)

HOUSING, URBAN, STRANGER = new_id(), new_id(), new_id()
HUB_KEY, HUB_SECRET = PrivateKey.generate(), SharedSecret.generate()
OWN_KEY, OWN_SECRET = PrivateKey.generate(), SharedSecret.generate()
PUBLISHED: Sequence[Verifier] = (OWN_KEY.public(), OWN_SECRET)
NOTICE = json.dumps({"type": "case.dispatched", "case_number": "XN421202-20260302-00017"}).encode()


class HubDouble:
    """Stands for routing: verifies with what the organisation published, keeps the body."""

    def __init__(self, clock: SimulatedClock) -> None:
        self.app = FastAPI()
        self.app.add_api_route("/routing/callbacks/{kind}", self.callback, methods=["POST"])
        self.clock = clock
        self.keys = PUBLISHED
        self.seen: list[tuple[str, str, dict[str, Any]]] = []

    async def callback(self, request: Request) -> None:
        body = await request.body()
        delivery = verify(body, request.headers, now=self.clock.now(), keys=self.keys)
        sender = request.headers["liuduan-organisation"]
        self.seen.append((sender, delivery.id, json.loads(body)))


@pytest.fixture
def hub(clock: SimulatedClock) -> HubDouble:
    return HubDouble(clock)


@pytest.fixture(params=["department", "court"])
def simulator(request: pytest.FixtureRequest, clock: SimulatedClock, hub: HubDouble) -> FastAPI:
    build = {"department": build_department, "court": build_court}[request.param]
    transport = httpx.ASGITransport(app=hub.app)
    app = build(hub_url="http://hub.test/", clock=clock, environment="test", transport=transport)
    party: Party = app.state.party
    party.organisations.enrol(HOUSING, OWN_KEY.text(), [HUB_KEY.public().text()])
    party.organisations.enrol(URBAN, OWN_SECRET.text(), [HUB_SECRET.text()])
    return app


@pytest.fixture
def party(simulator: FastAPI) -> Party:
    party: Party = simulator.state.party
    return party


@pytest.fixture
async def browser(simulator: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=simulator)
    async with httpx.AsyncClient(transport=transport, base_url="http://dept.test") as browser:
        yield browser


async def deliver(
    browser: httpx.AsyncClient, headers: dict[str, str], to: UUID = HOUSING, body: bytes = NOTICE
) -> int:
    answer = await browser.post(f"/{to}/hook", content=body, headers=headers)
    return answer.status_code


async def test_a_signed_webhook_is_kept_once_however_often_it_comes(
    browser: httpx.AsyncClient, clock: SimulatedClock
) -> None:
    first = sign(NOTICE, id="wh-1", at=clock.now(), keys=[HUB_KEY])
    clock.advance(timedelta(seconds=5))
    retry = sign(NOTICE, id="wh-1", at=clock.now(), keys=[HUB_KEY])
    assert [await deliver(browser, each) for each in (first, retry, retry)] == [204, 204, 204]
    query = {"organisation_id": str(HOUSING)}
    [kept] = (await browser.get("/_control/deliveries", params=query)).json()
    assert (kept["webhook_id"], kept["times"]) == ("wh-1", 3)
    assert kept["payload"] == json.loads(NOTICE)


async def test_organisations_are_kept_apart(
    browser: httpx.AsyncClient, clock: SimulatedClock
) -> None:
    """Each with its own keys: what is meant for one is nothing to the other."""
    headers = sign(NOTICE, id="wh-1", at=clock.now(), keys=[HUB_SECRET])
    assert await deliver(browser, headers, URBAN) == 204
    assert await deliver(browser, headers, HOUSING) == 401
    assert await deliver(browser, headers, STRANGER) == 404
    query = {"organisation_id": str(HOUSING)}
    assert (await browser.get("/_control/deliveries", params=query)).json() == []
    assert len((await browser.get("/_control/deliveries")).json()) == 1


async def test_forged_and_stale_webhooks_are_rejected(
    browser: httpx.AsyncClient, clock: SimulatedClock
) -> None:
    headers = sign(NOTICE, id="wh-1", at=clock.now(), keys=[HUB_KEY])
    assert await deliver(browser, headers, body=NOTICE + b" ") == 401
    assert await deliver(browser, {}) == 401
    clock.advance(timedelta(seconds=301))
    assert await deliver(browser, headers) == 401
    assert (await browser.get("/_control/deliveries")).json() == []


async def test_rotation_of_the_hub_key(browser: httpx.AsyncClient, clock: SimulatedClock) -> None:
    """P14: both keys are held for a while, then only the new one."""
    new = PrivateKey.generate()
    both = [HUB_KEY.public().text(), new.public().text()]
    for id, keys, old_passes in (("a", both, 204), ("b", both[1:], 401)):
        enrolment = {"organisation_id": str(HOUSING), "own_key": OWN_KEY.text(), "hub_keys": keys}
        assert (await browser.post("/_control/organisations", json=enrolment)).status_code == 204
        by_new = sign(NOTICE, id=id, at=clock.now(), keys=[new])
        by_old = sign(NOTICE, id=id, at=clock.now(), keys=[HUB_KEY])
        assert await deliver(browser, by_new) == 204
        assert await deliver(browser, by_old) == old_passes


async def test_a_hook_can_misbehave(
    browser: httpx.AsyncClient, party: Party, clock: SimulatedClock
) -> None:
    """T18: 500, 429 with Retry-After, 410, a redirect; taken but not acknowledged."""
    for fault in (
        {"status": 500, "body": ""},
        {"status": 429, "body": "", "headers": {"retry-after": "30"}},
        {"status": 410, "body": ""},
        {"status": 301, "body": "", "headers": {"location": "http://elsewhere.test/"}},
        {"status": 500, "body": "", "after_effect": True},
    ):
        await browser.post("/_control/faults", json={"call": str(HOUSING), **fault})
    headers = sign(NOTICE, id="wh-1", at=clock.now(), keys=[HUB_KEY])
    statuses = [await deliver(browser, headers) for _ in range(6)]
    assert statuses == [500, 429, 410, 301, 500, 204]
    assert [each.times for each in party.organisations.received(None)] == [2]


@pytest.mark.parametrize(("mood", "status"), [("FAILING", 500), ("BUSY", 429), ("GONE", 410)])
async def test_a_mood_lasts_until_it_is_changed(
    browser: httpx.AsyncClient, party: Party, clock: SimulatedClock, mood: str, status: int
) -> None:
    """T18, P15: an organisation's system may be down for days; the others are not."""
    await browser.post("/_control/mood", json={"organisation_id": str(HOUSING), "mood": mood})
    headers = sign(NOTICE, id="wh-1", at=clock.now(), keys=[HUB_KEY])
    assert [await deliver(browser, headers) for _ in range(3)] == [status] * 3
    to_urban = sign(NOTICE, id="wh-2", at=clock.now(), keys=[HUB_SECRET])
    assert await deliver(browser, to_urban, URBAN) == 204
    await browser.post("/_control/mood", json={"organisation_id": str(HOUSING), "mood": "FINE"})
    assert await deliver(browser, headers) == 204
    assert len(party.organisations.received(HOUSING)) == 1


async def test_slow_is_slower_than_the_hub_waits(party: Party) -> None:
    party.feel(HOUSING, Mood.SLOW)
    assert party.script.always[str(HOUSING)].delay_seconds > TOTAL_TIMEOUT


async def test_it_signs_for_what_it_is_told_of_once(
    browser: httpx.AsyncClient, hub: HubDouble, clock: SimulatedClock
) -> None:
    """T11, P14: after the delivery was answered, under an id that follows from it."""
    body = json.dumps({"type": "routing.case_dispatched", "case_number": "XN-1"}).encode()
    headers = sign(body, id="wh-1", at=clock.now(), keys=[HUB_KEY])
    assert await deliver(browser, headers, body=body) == 204
    assert hub.seen == []
    for wanted in (True, False):
        habits = {"organisation_id": str(HOUSING), "sign_at_once": wanted}
        assert (await browser.post("/_control/habits", json=habits)).status_code == 204
        assert await deliver(browser, headers, body=body) == 204
    other = sign(NOTICE, id="wh-2", at=clock.now(), keys=[HUB_KEY])
    assert await deliver(browser, other) == 204
    assert hub.seen == [(str(HOUSING), "sign-wh-1", {"type": "case.signed", "case_number": "XN-1"})]


async def test_keys_are_changed_without_a_gap(
    browser: httpx.AsyncClient, party: Party, hub: HubDouble, clock: SimulatedClock
) -> None:
    """P14: a new own key signs beside the old one; a new key of the hub is good beside the old."""
    whose = {"organisation_id": str(HOUSING)}
    public = (await browser.post("/_control/own-key", json=whose)).json()["public_key"]
    for known in (OWN_KEY.public(), PublicKey.parse(public)):
        hub.keys = [known]
        await party.answer(HOUSING, CaseSigned(case_number="XN-1"))
    assert len(hub.seen) == 2
    new = PrivateKey.generate()
    by_new = sign(NOTICE, id="wh-1", at=clock.now(), keys=[new])
    assert await deliver(browser, by_new) == 401
    more = whose | {"hub_keys": [new.public().text()]}
    assert (await browser.post("/_control/hub-keys", json=more)).status_code == 204
    assert await deliver(browser, by_new) == 204
    assert await deliver(browser, sign(NOTICE, id="wh-2", at=clock.now(), keys=[HUB_KEY])) == 204


@pytest.mark.parametrize("organisation", [HOUSING, URBAN], ids=["v1a", "v1"])
async def test_a_callback_is_signed_in_the_name_of_the_organisation(
    party: Party, hub: HubDouble, organisation: UUID
) -> None:
    payload = CaseSigned(case_number="XN421202-20260302-00017")
    reply = await party.answer(organisation, payload)
    [(sender, webhook_id, body)] = hub.seen
    assert (sender, webhook_id, reply.status) == (str(organisation), reply.webhook_id, 200)
    assert body == {"type": "case.signed", "case_number": "XN421202-20260302-00017"}


async def test_a_callback_can_be_repeated(party: Party, hub: HubDouble) -> None:
    """T19: a replay under the same id, for the hub to recognise."""
    payload = CaseSigned(case_number="XN421202-20260302-00017")
    reply = await party.answer(HOUSING, payload)
    await party.answer(HOUSING, payload, webhook_id=reply.webhook_id)
    assert [id for _, id, _ in hub.seen] == [reply.webhook_id] * 2


async def test_a_callback_signed_by_another_is_rejected(party: Party, hub: HubDouble) -> None:
    party.organisations.enrol(HOUSING, PrivateKey.generate().text(), [HUB_SECRET.text()])
    with pytest.raises(SignatureRejected):
        await party.answer(HOUSING, CaseSigned(case_number="XN421202-20260302-00017"))


PAYLOADS: dict[str, list[dict[str, Any]]] = {
    "department": [
        {"type": "case.signed", "case_number": "XN421202-20260302-00017"},
        {
            "type": "case.result",
            "case_number": "XN421202-20260302-00017",
            "result_code": "SOLVED",
            "text": "电梯已修复",
            "proof": ["咸住建函〔2026〕1号"],
        },
    ],
    "court": [
        {
            "type": "judicial.filed",
            "package_number": "XN-P-1",
            "case_number_court": "（2026）鄂1281民初88号",
        },
        {
            "type": "judicial.concluded",
            "package_number": "XN-P-1",
            "case_number_court": "（2026）鄂1281民初88号",
            "result": "JUDGMENT",
        },
        {
            "type": "judicial.delegated_back",
            "package_number": "XN-P-1",
            "case_number_court": "（2026）鄂1281民初88号",
            "procedure": "ENTRUSTED",
        },
        {"type": "confirmation.decided", "application_number": "XN-A-1", "result": "CONFIRMED"},
    ],
}


async def test_on_command_it_answers_what_its_kind_may_say(
    browser: httpx.AsyncClient, hub: HubDouble, request: pytest.FixtureRequest
) -> None:
    kind = request.node.callspec.params["simulator"]
    [other] = PAYLOADS.keys() - {kind}
    for payload in PAYLOADS[kind]:
        command = {"organisation_id": str(HOUSING), "payload": payload}
        answer = await browser.post("/_control/answer", json=command)
        assert answer.json()["status"] == 200
    assert [body for _, _, body in hub.seen] == PAYLOADS[kind]
    for payload in PAYLOADS[other]:
        command = {"organisation_id": str(HOUSING), "payload": payload}
        assert (await browser.post("/_control/answer", json=command)).status_code == 422


async def test_commands_that_make_no_sense(browser: httpx.AsyncClient) -> None:
    enrolment = {"organisation_id": str(HOUSING), "own_key": "plain", "hub_keys": ["plain"]}
    assert (await browser.post("/_control/organisations", json=enrolment)).status_code == 422
