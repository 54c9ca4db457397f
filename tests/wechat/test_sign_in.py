"""code2session and the phone button against the simulator (wechat.md 1, 3, 13.3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from deploy.simulators.wechat import Vendor
from shared.clock import SimulatedClock
from shared.wechat import (
    CodeSpent,
    Credentials,
    MemoryTokenStore,
    Misconfigured,
    OutcomeUnknown,
    Refused,
    WeChatClient,
    Wire,
)
from tests.wechat.conftest import APPID, SECRET

SESSION_PATH = "/sns/jscode2session"


async def test_a_person_keeps_the_openid_and_gets_new_session_keys(
    client: WeChatClient, vendor: Vendor
) -> None:
    first = await client.code_to_session(vendor.log_in("owner-1"))
    again = await client.code_to_session(vendor.log_in("owner-1"))
    other = await client.code_to_session(vendor.log_in("owner-2"))
    assert first.openid == again.openid != other.openid
    assert (len(first.openid), first.openid[0]) == (28, "o")
    assert first.session_key != again.session_key
    assert first.unionid is None


async def test_a_code_works_once(client: WeChatClient, vendor: Vendor) -> None:
    code = vendor.log_in("owner-1")
    await client.code_to_session(code)
    with pytest.raises(CodeSpent) as refused:
        await client.code_to_session(code)
    assert refused.value.errcode == 40163


@pytest.mark.parametrize(("seconds", "good"), [(299, True), (300, False)])
async def test_a_code_lives_five_minutes(
    client: WeChatClient, vendor: Vendor, clock: SimulatedClock, seconds: int, good: bool
) -> None:
    code = vendor.log_in("owner-1")
    clock.advance(timedelta(seconds=seconds))
    if good:
        assert await client.code_to_session(code)
        return
    with pytest.raises(CodeSpent) as refused:
        await client.code_to_session(code)
    assert refused.value.errcode == 40029


async def test_an_invented_code_is_refused(client: WeChatClient) -> None:
    with pytest.raises(CodeSpent) as refused:
        await client.code_to_session("invented")
    assert refused.value.errcode == 40029
    assert refused.value.rid is not None


@pytest.mark.parametrize(
    ("change", "errcode"), [({"appid": "wx1"}, 40013), ({"secret": "wrong"}, 40125)]
)
async def test_wrong_credentials_are_our_mistake(
    wire: Wire, vendor: Vendor, clock: SimulatedClock, change: dict[str, str], errcode: int
) -> None:
    credentials = replace(Credentials(APPID, SECRET), **change)
    client = WeChatClient(wire, credentials, MemoryTokenStore(), clock)
    with pytest.raises(Misconfigured) as refused:
        await client.code_to_session(vendor.log_in("owner-1"))
    assert refused.value.errcode == errcode


async def test_the_vendor_answers_text_without_errcode(
    browser: httpx.AsyncClient, vendor: Vendor
) -> None:
    query = {
        "appid": APPID,
        "secret": SECRET,
        "js_code": vendor.log_in("owner-1"),
        "grant_type": "authorization_code",
    }
    posted = await browser.post(SESSION_PATH, data=query)
    answered = await browser.get(SESSION_PATH, params=query)
    assert posted.json()["errcode"] == 41002
    assert answered.headers["content-type"].startswith("text/plain")
    assert set(answered.json()) == {"openid", "session_key"}


async def test_an_answer_lost_on_the_way_spends_the_code(
    client: WeChatClient, vendor: Vendor, browser: httpx.AsyncClient
) -> None:
    """wechat.md 1: a lost call may have consumed the code, so the client never repeats it."""
    fault = {"call": SESSION_PATH, "status": 502, "body": "Bad Gateway", "after_effect": True}
    await browser.post("/_control/faults", json=fault)
    code = vendor.log_in("owner-1")
    with pytest.raises(OutcomeUnknown):
        await client.code_to_session(code)
    with pytest.raises(CodeSpent):
        await client.code_to_session(code)


async def test_the_phone_button(client: WeChatClient, vendor: Vendor) -> None:
    code = vendor.press_phone_button("owner-1", "13900000001")
    phone = await client.phone_number(code, vendor.openid("owner-1"))
    assert (phone.number, phone.country_code) == ("13900000001", "86")
    with pytest.raises(CodeSpent):
        await client.phone_number(code, vendor.openid("owner-1"))


async def test_a_phone_code_is_bound_to_its_person(client: WeChatClient, vendor: Vendor) -> None:
    code = vendor.press_phone_button("owner-1")
    with pytest.raises(Refused):
        await client.phone_number(code, vendor.openid("owner-2"))
    assert await client.phone_number(code, vendor.openid("owner-1"))


async def test_a_phone_code_lives_five_minutes(
    client: WeChatClient, vendor: Vendor, clock: SimulatedClock
) -> None:
    code = vendor.press_phone_button("owner-1")
    clock.advance(timedelta(minutes=5))
    with pytest.raises(CodeSpent):
        await client.phone_number(code, vendor.openid("owner-1"))


async def test_a_login_code_is_no_phone_code(client: WeChatClient, vendor: Vendor) -> None:
    with pytest.raises(CodeSpent):
        await client.phone_number(vendor.log_in("owner-1"), vendor.openid("owner-1"))
