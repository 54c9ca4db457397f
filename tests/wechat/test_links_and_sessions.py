"""Codes, links, session checks, quotas, templates, classic tokens (wechat.md 0, 2, 3, 4, 7, 8)."""

from __future__ import annotations

import struct
from datetime import timedelta
from typing import Any

import httpx
import pytest

from deploy.simulators.wechat import Vendor
from shared.clock import SimulatedClock
from shared.wechat import LongLimit, Misconfigured, OutcomeUnknown, Refused, WeChatClient
from shared.wechat.links import UNLIMITED_CODE, Code
from tests.wechat.conftest import APPID, PAGE, SECRET


async def test_a_code_is_a_picture(client: WeChatClient) -> None:
    picture = await client.links.code(Code("h=3f9a", PAGE))
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", picture[16:24]) == (29, 29)
    with pytest.raises(Refused, match="41030"):
        await client.links.code(Code("h=3f9a", "pages/none"))


async def test_an_error_instead_of_a_picture_is_told_by_its_type(
    client: WeChatClient, browser: httpx.AsyncClient
) -> None:
    await browser.post("/_control/errors", json={"path": UNLIMITED_CODE, "errcode": 45009})
    with pytest.raises(LongLimit):
        await client.links.code(Code("h=3f9a", PAGE))
    no_picture = {"call": UNLIMITED_CODE, "body": '{"errcode":0}'}
    await browser.post("/_control/faults", json=no_picture)
    with pytest.raises(OutcomeUnknown):
        await client.links.code(Code("h=3f9a", PAGE))


@pytest.mark.parametrize(
    "wrong",
    [
        {"scene": ""},
        {"scene": "a" * 33},
        {"scene": "a%b"},
        {"scene": "小区"},
        {"page": "/pages/x"},
        {"page": "pages/x?a=1"},
        {"width": 279},
        {"width": 1281},
    ],
)
def test_a_code_that_the_vendor_would_refuse_is_not_asked_for(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"a (scene|page|width)"):
        Code(**{"scene": "h=1", "page": PAGE} | wrong)


async def test_a_link_lives_thirty_days_at_most(
    client: WeChatClient, clock: SimulatedClock
) -> None:
    until = clock.now() + timedelta(days=30)
    link = await client.links.url_link(PAGE, "id=1", until=until)
    assert link.startswith("https://wxaurl.cn/")
    with pytest.raises(Refused, match="85401"):
        await client.links.url_link(PAGE, "id=1", until=until + timedelta(seconds=1))


async def test_a_session_is_checked_and_replaced(client: WeChatClient, vendor: Vendor) -> None:
    session = await client.code_to_session(vendor.log_in("owner-1"))
    assert await client.sessions.is_valid(session.openid, session.session_key)
    fresh = await client.sessions.reset(session.openid, session.session_key)
    assert not await client.sessions.is_valid(session.openid, session.session_key)
    assert await client.sessions.is_valid(session.openid, fresh)
    with pytest.raises(Refused, match="87007"):
        await client.sessions.is_valid(vendor.openid("owner-2"), fresh)


async def test_the_vendor_knows_what_it_encrypted(
    client: WeChatClient, vendor: Vendor, clock: SimulatedClock
) -> None:
    vendor.keys.note_encrypted("CiyLU1Aw2Kjv", clock.now())
    genuine = await client.sessions.is_genuine("CiyLU1Aw2Kjv")
    assert (genuine.valid, genuine.created_at) == (True, clock.now())
    assert not (await client.sessions.is_genuine("invented")).valid


async def test_quotas_are_told_and_reset_ten_times_a_month(
    client: WeChatClient, clock: SimulatedClock
) -> None:
    await client.links.code(Code("h=1", PAGE))
    quota = await client.diagnostics.quota(UNLIMITED_CODE)
    assert (quota.used, quota.remain) == (1, quota.daily_limit - 1)
    assert (quota.call_count, quota.refresh_second) == (5000, 60)
    for _ in range(5):
        await client.diagnostics.clear_quotas()
        await client.diagnostics.clear_quotas_with_secret()
    assert (await client.diagnostics.quota(UNLIMITED_CODE)).used == 0
    with pytest.raises(LongLimit, match="48006"):
        await client.diagnostics.clear_quotas()
    clock.advance(timedelta(days=31))
    await client.diagnostics.clear_quotas()
    with pytest.raises(Refused, match="76021"):
        await client.diagnostics.quota("nothing")


async def test_a_failure_is_explained_by_its_rid_for_seven_days(
    client: WeChatClient, clock: SimulatedClock
) -> None:
    with pytest.raises(Refused) as refused:
        await client.links.code(Code("h=1", "pages/none"))
    assert refused.value.rid
    explained = await client.diagnostics.request(refused.value.rid)
    assert (explained["request_url"], explained["invoke_time"]) == (
        UNLIMITED_CODE,
        int(clock.now().timestamp()),
    )
    clock.advance(timedelta(days=7, seconds=1))
    with pytest.raises(Refused, match="76003"):
        await client.diagnostics.request(refused.value.rid)


async def test_classic_tokens_kill_each_other_and_leave_stable_ones_alone(
    client: WeChatClient, browser: httpx.AsyncClient, vendor: Vendor, clock: SimulatedClock
) -> None:
    stable = (await client.tokens.current()).value
    query = {"grant_type": "client_credential", "appid": APPID, "secret": SECRET}
    first, second = [
        (await browser.get("/cgi-bin/token", params=query)).json()["access_token"] for _ in "ab"
    ]
    assert len({first, second, stable}) == 3
    for seconds, alive in ((299, {first, second, stable}), (1, {second, stable})):
        clock.advance(timedelta(seconds=seconds))
        assert {
            token for token in (first, second, stable) if await answers(browser, token)
        } == alive
    vendor.tokens.kill()
    assert await answers(browser, second)
    assert not await answers(browser, stable)


async def answers(browser: httpx.AsyncClient, token: str) -> bool:
    found = await browser.get("/cgi-bin/getcallbackip", params={"access_token": token})
    return "ip_list" in found.json()


async def test_templates_are_added_listed_and_deleted(
    client: WeChatClient, browser: httpx.AsyncClient
) -> None:
    params = {"access_token": (await client.tokens.current()).value}
    base = "/wxaapi/newtmpl"
    wanted = {"tid": "1001", "kidList": [4, 2], "sceneDesc": "诉求进度"}
    added = (await browser.post(f"{base}/addtemplate", params=params, json=wanted)).json()
    twice = (await browser.post(f"{base}/addtemplate", params=params, json=wanted)).json()
    assert twice["errcode"] == 200022
    listed = (await browser.get(f"{base}/gettemplate", params=params)).json()["data"]
    (mine,) = [each for each in listed if each["priTmplId"] == added["priTmplId"]]
    assert "{{character_string4.DATA}}" in mine["content"]
    for change, errcode in (
        ({"tid": "9"}, 200014),
        ({"kidList": [1]}, 200020),
        ({"sceneDesc": "长" * 16}, 200021),
    ):
        refused = await browser.post(f"{base}/addtemplate", params=params, json=wanted | change)
        assert refused.json()["errcode"] == errcode
    own = {"priTmplId": added["priTmplId"]}
    assert (await browser.post(f"{base}/deltemplate", params=params, json=own)).json()[
        "errcode"
    ] == 0
    gone = (await browser.post(f"{base}/deltemplate", params=params, json=own)).json()
    assert gone["errcode"] == 40037


async def test_frozen_credentials_are_told_apart(
    client: WeChatClient, browser: httpx.AsyncClient
) -> None:
    await browser.post("/_control/errors", json={"path": UNLIMITED_CODE, "errcode": 40243})
    with pytest.raises(Misconfigured):
        await client.links.code(Code("h=1", PAGE))
