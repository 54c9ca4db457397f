"""The SMS channel against the simulator: Tencent Cloud's wire format, signature and outcomes."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI

from deploy.simulators import build_sms
from deploy.simulators.faults import Fault
from deploy.simulators.sms import Provider
from shared.clock import SimulatedClock
from shared.sms import (
    Accepted,
    Cause,
    Fate,
    NotAccepted,
    QueryFailed,
    SmsChannel,
    Submission,
    Tc3Key,
    TencentAccount,
    TencentSms,
    Unknown,
)
from shared.sms.tencent_codes import judge

PHONE = "13900000001"
ACCOUNT = TencentAccount(Tc3Key("AKIDinvented", "an-invented-key"), "1400000000", "六端互通")
BASE_URL = "http://hub.test:8000/simulators/sms"


@pytest.fixture
def simulator(clock: SimulatedClock) -> FastAPI:
    return build_sms(ACCOUNT, clock=clock, environment="test", templates={"1110": 2})


@pytest.fixture
def provider(simulator: FastAPI) -> Provider:
    provider: Provider = simulator.state.provider
    return provider


@pytest.fixture
def transport(simulator: FastAPI) -> httpx.ASGITransport:
    hub = FastAPI()
    hub.mount("/simulators/sms", simulator)
    return httpx.ASGITransport(app=hub)


@pytest.fixture
async def channel(
    transport: httpx.ASGITransport, clock: SimulatedClock
) -> AsyncIterator[SmsChannel]:
    async with TencentSms(ACCOUNT, clock, BASE_URL, transport) as channel:
        yield channel


async def send(channel: SmsChannel, request_id: str = "request-1") -> Submission:
    return await channel.send(PHONE, "1110", ["受理", "3 日"], request_id)


async def test_what_was_sent_is_what_arrives(
    channel: SmsChannel, provider: Provider, transport: httpx.ASGITransport
) -> None:
    sent = await send(channel)
    async with httpx.AsyncClient(transport=transport, base_url=BASE_URL) as browser:
        record = await browser.get("/_control/messages", params={"phone": f"+86{PHONE}"})
        others = await browser.get("/_control/messages", params={"phone": "+8613900000002"})
    [arrived] = record.json()
    assert sent == Accepted(arrived["serial"], segments=1)
    assert (arrived["params"], arrived["sign_name"]) == (["受理", "3 日"], "六端互通")
    assert others.json() == []


async def test_the_provider_reports_by_our_request_id(
    channel: SmsChannel, provider: Provider, clock: SimulatedClock
) -> None:
    since = clock.now()
    sent = await send(channel)
    assert isinstance(sent, Accepted)
    report = await channel.query(PHONE, "request-1", since)
    assert (report.fate, report.serial, report.code) == (Fate.DELIVERED, sent.serial, "DELIVRD")
    assert (await channel.query(PHONE, "request-2", since)).fate is Fate.UNREPORTED
    assert (await channel.query("13900000002", "request-1", since)).fate is Fate.UNREPORTED
    clock.advance(timedelta(hours=1))
    assert (await channel.query(PHONE, "request-1", clock.now())).fate is Fate.UNREPORTED


@pytest.mark.parametrize("fate", [Fate.FAILED, Fate.UNREPORTED])
async def test_the_carrier_may_fail_or_stay_silent(
    channel: SmsChannel, provider: Provider, clock: SimulatedClock, fate: Fate
) -> None:
    provider.fates[f"+86{PHONE}"] = fate
    assert isinstance(await send(channel), Accepted)
    assert (await channel.query(PHONE, "request-1", clock.now())).fate is fate


@pytest.mark.parametrize(("status", "body"), [(504, "timeout"), (200, "<html>"), (200, "[]")])
async def test_a_lost_answer_is_unknown_and_a_query_settles_it(
    channel: SmsChannel, provider: Provider, clock: SimulatedClock, status: int, body: str
) -> None:
    """P3: SMS duplicates 0. The message is out although no answer came."""
    fault = Fault(call="SendSms", status=status, body=body, after_effect=True)
    provider.script.add(fault)
    assert isinstance(await send(channel), Unknown)
    assert len(provider.sent) == 1
    assert (await channel.query(PHONE, "request-1", clock.now())).fate is Fate.DELIVERED


@pytest.mark.parametrize(
    ("failure", "outcome"),
    [
        (httpx.ConnectTimeout, NotAccepted(Cause.UNREACHABLE, "ConnectTimeout")),
        (httpx.ConnectError, NotAccepted(Cause.UNREACHABLE, "ConnectError")),
        (httpx.ReadTimeout, Unknown("ReadTimeout")),
        (httpx.RemoteProtocolError, Unknown("RemoteProtocolError")),
    ],
)
async def test_a_failure_says_whether_anything_can_have_happened(
    clock: SimulatedClock, failure: type[httpx.TransportError], outcome: Submission
) -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        raise failure("no")

    async with TencentSms(ACCOUNT, clock, transport=httpx.MockTransport(fail)) as channel:
        assert await send(channel) == outcome
        with pytest.raises(QueryFailed):
            await channel.query(PHONE, "request-1", clock.now())


async def test_a_wrong_number_or_template_is_final(channel: SmsChannel, provider: Provider) -> None:
    number = await channel.send("110", "1110", ["a", "b"], "request-1")
    template = await channel.send(PHONE, "1111", ["a", "b"], "request-1")
    params = await channel.send(PHONE, "1110", ["a"], "request-1")
    outcomes = [each.cause for each in (number, template, params) if isinstance(each, NotAccepted)]
    assert outcomes == [Cause.RECIPIENT, Cause.CONTENT, Cause.CONTENT]
    assert provider.sent == []


@pytest.mark.parametrize(
    ("account", "code"),
    [
        (replace(ACCOUNT, key=Tc3Key("AKIDinvented", "wrong")), "AuthFailure.SignatureFailure"),
        (replace(ACCOUNT, key=Tc3Key("AKIDother", "wrong")), "AuthFailure.SecretIdNotFound"),
        (replace(ACCOUNT, app_id="1"), "UnauthorizedOperation.SmsSdkAppIdVerifyFail"),
    ],
)
async def test_wrong_keys_are_a_matter_of_the_account(
    transport: httpx.ASGITransport,
    clock: SimulatedClock,
    provider: Provider,
    account: TencentAccount,
    code: str,
) -> None:
    async with TencentSms(account, clock, BASE_URL, transport) as channel:
        assert await send(channel) == NotAccepted(Cause.ACCOUNT, code)
        with pytest.raises(QueryFailed, match=code):
            await channel.query(PHONE, "request-1", clock.now())
    assert provider.sent == []


class Altering(httpx.AsyncBaseTransport):
    """Somebody on the way who changes a request after it was signed."""

    def __init__(
        self, inner: httpx.AsyncBaseTransport, headers: dict[str, str], old: bytes
    ) -> None:
        self._inner = inner
        self._headers = headers
        self._old = old

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        headers = {**request.headers, **self._headers}
        content = request.content.replace(self._old, b"1112")
        altered = httpx.Request(request.method, request.url, headers=headers, content=content)
        return await self._inner.handle_async_request(altered)


@pytest.mark.parametrize(
    ("headers", "old"),
    [
        ({}, b"1110"),
        ({"x-tc-timestamp": "1772416801"}, b""),
        ({"x-tc-action": "PullSmsSendStatusByPhoneNumber"}, b""),
        ({"host": "elsewhere.test"}, b""),
    ],
    ids=["body", "time", "action", "host"],
)
async def test_what_was_altered_on_the_way_is_refused(
    transport: httpx.ASGITransport,
    clock: SimulatedClock,
    provider: Provider,
    headers: dict[str, str],
    old: bytes,
) -> None:
    altering = Altering(transport, headers, old or b"nothing")
    async with TencentSms(ACCOUNT, clock, BASE_URL, altering) as channel:
        assert await send(channel) == NotAccepted(Cause.ACCOUNT, "AuthFailure.SignatureFailure")
    assert provider.sent == []


@pytest.mark.parametrize(("seconds", "taken"), [(300, True), (301, False)])
async def test_a_signature_expires(
    transport: httpx.ASGITransport, clock: SimulatedClock, seconds: int, taken: bool
) -> None:
    slow = SimulatedClock(clock.now() - timedelta(seconds=seconds))
    async with TencentSms(ACCOUNT, slow, BASE_URL, transport) as channel:
        assert isinstance(await send(channel), Accepted) is taken


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        ("FailedOperation.PhoneNumberInBlacklist", Cause.RECIPIENT),
        ("FailedOperation.ContainSensitiveWord", Cause.CONTENT),
        ("FailedOperation.InsufficientBalanceInSmsPackage", Cause.ACCOUNT),
        ("LimitExceeded.PhoneNumberDailyLimit", Cause.LIMIT),
        ("RequestLimitExceeded", Cause.LIMIT),
        ("UnsupportedOperation.UnsuportedRegion", Cause.RECIPIENT),
        ("InternalError.SigVerificationFail", Cause.ACCOUNT),
        ("InternalError.Timeout", None),
        ("InternalError.SendAndRecvFail", None),
        ("InternalError", None),
        ("SomethingNew", Cause.CONTENT),
    ],
)
def test_what_a_code_means(code: str, outcome: Cause | None) -> None:
    expected = Unknown(code) if outcome is None else NotAccepted(outcome, code)
    assert judge(code) == expected


async def test_no_number_and_no_key_in_the_log(
    channel: SmsChannel, provider: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    outcome = await send(channel)
    text = caplog.text + repr(outcome) + repr(ACCOUNT)
    assert caplog.text
    assert not any(hidden in text for hidden in (PHONE, ACCOUNT.key.secret_key, "受理"))


async def test_each_receipt_is_pulled_once(channel: SmsChannel, provider: Provider) -> None:
    """PullSmsSendStatus is a queue: what was told is gone, and what has no report waits."""
    provider.fates[f"+86{PHONE}"] = Fate.UNREPORTED
    await send(channel, "request-1")
    provider.fates[f"+86{PHONE}"] = Fate.FAILED
    await send(channel, "request-2")
    (receipt,) = await channel.receipts()
    assert (receipt.request_id, receipt.report.fate) == ("request-2", Fate.FAILED)
    assert receipt.report.code == "UNDELIV"
    assert await channel.receipts() == []


async def test_receipts_that_cannot_be_pulled_say_so(
    channel: SmsChannel, provider: Provider
) -> None:
    refusal = '{"Response": {"Error": {"Code": "FailedOperation.NotSupport"}}}'
    provider.script.add(Fault(call="PullSmsSendStatus", body=refusal))
    provider.script.add(Fault(call="PullSmsSendStatus", body="<html>"))
    for _ in range(2):
        with pytest.raises(QueryFailed):
            await channel.receipts()


@pytest.mark.parametrize(("fee", "billed"), [("2", 2), ("0", None), ('"2"', None), ("null", None)])
async def test_the_fee_is_how_many_messages_are_billed(
    channel: SmsChannel, provider: Provider, fee: str, billed: int | None
) -> None:
    status = f'{{"Code": "Ok", "SerialNo": "5000:1", "Fee": {fee}}}'
    answer = f'{{"Response": {{"SendStatusSet": [{status}]}}}}'
    provider.script.add(Fault(call="SendSms", body=answer))
    assert await send(channel) == Accepted("5000:1", billed)
