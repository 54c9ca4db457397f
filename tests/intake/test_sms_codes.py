"""One-time codes by text message: the numbers of P29, at sign-in and for a new number (A04)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deploy.documents.traceability import RULEBOOK
from deploy.simulators.faults import Fault
from deploy.simulators.sms import Provider
from deploy.simulators.wechat import Vendor
from services.intake.owners.domain.codes import Asked, CodesTooOften, refuse_too_often
from services.intake.owners.forgetting import forget_codes
from services.intake.owners.texting import SmsLine
from shared.rulebook import Rulebook
from shared.rulebook.sections.accounts import SmsCodes
from shared.sms import Fate
from tests.intake.phones import (
    MOBILE,
    OTHER_MOBILE,
    ask,
    newest_code,
    provider_behind,
    sign_in,
)
from tests.intake.test_sign_in import whole_database
from tests.stage import START, Stage

RULES: SmsCodes = Rulebook.load(RULEBOOK).sms_codes


@pytest.fixture
async def provider(stage: Stage) -> Provider:
    return await provider_behind(stage)


async def test_a_code_signs_in_with_the_number_and_once(
    stage: Stage, vendor: Vendor, provider: Provider
) -> None:
    async with stage.client() as browser:
        asked = await ask(browser)
        code = newest_code(provider)
        number = {"mobile": MOBILE, "sms_code": code}
        await sign_in(browser, vendor, "newcomer", **number)
        me = (await browser.get("/me")).json()
        again = await browser.post("/sessions", json={"js_code": vendor.log_in("thief")} | number)
    assert (asked.status_code, asked.json()) == (
        202,
        {"valid_minutes": 10, "again_after_seconds": 60},
    )
    assert len(code) == 7, "at least twenty bits"
    assert me["masked_mobile"] == "139****8888"
    assert (again.status_code, again.json()["code"]) == (422, "SMS_CODE_REFUSED")


async def test_number_and_code_stand_nowhere(
    stage: Stage, provider: Provider, capsys: pytest.CaptureFixture[str]
) -> None:
    async with stage.client() as browser:
        await ask(browser)
    everything = await whole_database(stage) + "".join(capsys.readouterr())
    assert MOBILE not in everything
    assert newest_code(provider) not in everything


async def test_a_number_is_changed_by_the_code_that_reached_it(
    stage: Stage, vendor: Vendor, provider: Provider
) -> None:
    """A code for a guardian, or for another number, is none for this."""
    async with stage.client() as browser:
        await sign_in(browser, vendor, "newcomer")
        await ask(browser, MOBILE, "GUARDIAN")
        await ask(browser, OTHER_MOBILE)
        strange = [
            {"mobile": MOBILE, "sms_code": newest_code(provider)},
            {"mobile": MOBILE, "sms_code": newest_code(provider, OTHER_MOBILE)},
        ]
        refused = [await browser.put("/me/mobile", json=body) for body in strange]
        right = {"mobile": OTHER_MOBILE, "sms_code": newest_code(provider, OTHER_MOBILE)}
        changed = await browser.put("/me/mobile", json=right)
    assert [answer.status_code for answer in refused] == [422, 422]
    assert (changed.status_code, changed.json()["masked_mobile"]) == (200, "139****7777")


async def test_five_guesses_and_ten_minutes(
    stage: Stage, vendor: Vendor, provider: Provider
) -> None:
    """P29: the sixth guess is refused although it is right, and so is what is too old."""
    async with stage.client() as browser:
        await sign_in(browser, vendor, "newcomer")
        await ask(browser)
        right = {"mobile": MOBILE, "sms_code": newest_code(provider)}
        wrong = right | {"sms_code": f"{(int(right['sms_code']) + 1) % 10**7:07d}"}
        guesses = [await browser.put("/me/mobile", json=wrong) for _ in range(5)]
        sixth = await browser.put("/me/mobile", json=right)
        stage.clock.advance(timedelta(minutes=1))
        await ask(browser)
        late = {"mobile": MOBILE, "sms_code": newest_code(provider)}
        stage.clock.advance(timedelta(minutes=10))
        await sign_in(browser, vendor, "newcomer")
        too_late = await browser.put("/me/mobile", json=late)
    assert {guess.json()["code"] for guess in [*guesses, sixth, too_late]} == {"SMS_CODE_REFUSED"}


async def test_codes_are_not_asked_for_too_often(stage: Stage, provider: Provider) -> None:
    """P29: one in 60 s, five in an hour, ten in a day for a number, whoever asks; told when."""
    async with stage.client() as browser:
        assert (await ask(browser)).status_code == 202
        stage.clock.advance(timedelta(seconds=59))
        at_once = await ask(browser)
        assert (at_once.status_code, at_once.json()["code"]) == (429, "SMS_CODES_TOO_OFTEN")
        assert at_once.headers["Retry-After"] == "1"
        assert (await ask(browser, OTHER_MOBILE)).status_code == 202
        for _ in range(4):
            stage.clock.advance(timedelta(seconds=61))
            assert (await ask(browser)).status_code == 202
        stage.clock.advance(timedelta(seconds=61))
        sixth = await ask(browser)
        assert sixth.status_code == 429
        assert int(sixth.headers["Retry-After"]) > 60 * 50
        for _ in range(5):
            stage.clock.advance(timedelta(hours=1, seconds=1))
            assert (await ask(browser)).status_code == 202
        stage.clock.advance(timedelta(hours=1, seconds=1))
        assert (await ask(browser)).status_code == 429
    assert len([sent for sent in provider.sent if sent.phone.endswith(MOBILE)]) == 10


async def test_one_address_asks_for_many_numbers_only_so_often(
    stage: Stage, provider: Provider
) -> None:
    times = RULES.per_address.times
    async with stage.client() as browser:
        answers = [await ask(browser, f"1390000{n:04d}") for n in range(times + 1)]
    assert [answer.status_code for answer in answers] == [202] * times + [429]
    assert len(provider.sent) == times


async def test_nothing_is_sent_beyond_the_budget_of_a_day(
    stage: Stage, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "services.intake.owners.texting.refuse_too_often",
        lambda rules, asked, now: refuse_too_often(
            rules.model_copy(update={"daily_budget": 1}), asked, now
        ),
    )
    async with stage.client() as browser:
        assert (await ask(browser)).status_code == 202
        beyond = await ask(browser, OTHER_MOBILE)
        assert (beyond.status_code, beyond.json()["code"]) == (503, "TEXT_MESSAGES_UNAVAILABLE")
        stage.clock.advance(timedelta(days=1))
        assert (await ask(browser, OTHER_MOBILE)).status_code == 202
    assert len(provider.sent) == 2


@pytest.mark.parametrize(
    ("fate", "messages"), [(Fate.DELIVERED, 1), (Fate.UNREPORTED, 1), (Fate.FAILED, 2)]
)
async def test_what_may_have_arrived_is_not_sent_again(
    stage: Stage, vendor: Vendor, provider: Provider, fate: Fate, messages: int
) -> None:
    """P3: the answer was lost. The provider is asked, and only its no sends another."""
    provider.fates[f"+86{MOBILE}"] = fate
    provider.script.add(Fault(call="SendSms", status=502, body="<html>", after_effect=True))
    async with stage.client() as browser:
        assert (await ask(browser)).status_code == 202
        stage.clock.advance(timedelta(seconds=61))
        assert (await ask(browser)).status_code == 202
        assert len(provider.sent) == messages
        await sign_in(browser, vendor, "newcomer", mobile=MOBILE, sms_code=newest_code(provider))


async def test_a_provider_that_refuses_says_so(stage: Stage, provider: Provider) -> None:
    error = '{"Response": {"Error": {"Code": "FailedOperation.InsufficientBalance"}}}'
    provider.script.add(Fault(call="SendSms", body=error))
    async with stage.client() as browser:
        refused = await ask(browser)
    assert (refused.status_code, refused.json()["code"]) == (503, "TEXT_MESSAGES_UNAVAILABLE")


async def test_without_a_provider_no_code_is_promised(stage: Stage) -> None:
    stage.host.runtime.put(SmsLine(None, ""))
    async with stage.client() as browser:
        assert (await ask(browser)).status_code == 503
    assert await stage.count("sms_code") == 0


async def test_old_codes_are_swept_out(stage: Stage, provider: Provider) -> None:
    async with stage.client() as browser:
        await ask(browser)
        stage.clock.advance(timedelta(days=1))
        await forget_codes(stage.host.runtime)
        assert await stage.count("sms_code") == 1, "a day's limit still counts it"
        stage.clock.advance(timedelta(days=2))
        await forget_codes(stage.host.runtime)
    assert await stage.count("sms_code") == 0


@given(st.lists(st.integers(min_value=0, max_value=3 * 86_400), max_size=60))
def test_whoever_is_let_through_never_passes_a_limit(seconds: list[int]) -> None:
    """P29, in any sequence of attempts."""
    sent: list[datetime] = []
    for second in sorted(seconds):
        now = START + timedelta(seconds=second)
        day = [each for each in reversed(sent) if each > now - timedelta(days=1)]
        try:
            refuse_too_often(RULES, Asked(number=day, address=[], today=0), now)
        except CodesTooOften:
            continue
        sent.append(now)
    for each in sent:
        for most, seconds_long in ((1, 60), (5, 3600), (10, 86_400)):
            window = timedelta(seconds=seconds_long)
            assert len([one for one in sent if each <= one < each + window]) <= most
