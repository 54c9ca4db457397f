"""The simulator answers as the vendor does (wechat.md 0, 13.1), and obeys its control."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import httpx
import pytest

from deploy.simulators import build_wechat
from deploy.simulators.wechat import MiniProgram
from deploy.simulators.wechat.endpoints import ENDPOINTS
from shared.clock import SimulatedClock

TOKEN_REQUEST = {"grant_type": "client_credential", "appid": "wx1", "secret": "s"}
POSTED = [
    "/cgi-bin/stable_token",
    "/wxa/business/getuserphonenumber",
    "/cgi-bin/message/subscribe/send",
    *(path for path, each in ENDPOINTS.items() if each.method == "POST"),
]
WITH_TOKEN = [*POSTED[1:3], *(path for path, each in ENDPOINTS.items() if each.needs_token)]


@pytest.fixture
async def browser(clock: SimulatedClock) -> AsyncIterator[httpx.AsyncClient]:
    app = build_wechat(MiniProgram("wx1", "s"), clock=clock, environment="test")
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://wx.test") as browser:
        yield browser


async def token_from(browser: httpx.AsyncClient) -> str:
    answer = await browser.post("/cgi-bin/stable_token", json=TOKEN_REQUEST)
    assert set(answer.json()) == {"access_token", "expires_in"}
    return str(answer.json()["access_token"])


@pytest.mark.parametrize("path", POSTED)
@pytest.mark.parametrize(
    ("method", "content", "errcode"),
    [("GET", b"", 43002), ("POST", b"", 44002), ("POST", b"a=b", 47001), ("POST", b"[]", 47001)],
)
async def test_strict_about_json(
    browser: httpx.AsyncClient, path: str, method: str, content: bytes, errcode: int
) -> None:
    params = {"access_token": await token_from(browser)}
    answer = await browser.request(method, path, params=params, content=content)
    assert (answer.status_code, answer.json()["errcode"]) == (200, errcode)
    assert re.search(r" rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$", answer.json()["errmsg"])


@pytest.mark.parametrize(
    ("change", "errcode"),
    [
        ({"grant_type": "x"}, 40002),
        ({"appid": ""}, 41002),
        ({"secret": ""}, 41004),
        ({"appid": "wx2"}, 40013),
        ({"secret": "x"}, 40125),
    ],
)
async def test_strict_about_credentials(
    browser: httpx.AsyncClient, change: dict[str, str], errcode: int
) -> None:
    answer = await browser.post("/cgi-bin/stable_token", json={**TOKEN_REQUEST, **change})
    assert answer.json()["errcode"] == errcode


@pytest.mark.parametrize(("token", "errcode"), [("", 41001), ("invented", 40001)])
@pytest.mark.parametrize("path", WITH_TOKEN)
async def test_strict_about_tokens(
    browser: httpx.AsyncClient, path: str, token: str, errcode: int
) -> None:
    method = "GET" if path in ENDPOINTS and ENDPOINTS[path].method == "GET" else "POST"
    answer = await browser.request(method, path, params={"access_token": token}, json={})
    assert answer.json()["errcode"] == errcode


async def test_a_killed_token_is_not_the_latest(browser: httpx.AsyncClient) -> None:
    token = await token_from(browser)
    assert await token_from(browser) == token
    await browser.post("/_control/kill-token")
    answer = await browser.post(POSTED[2], params={"access_token": token}, json={})
    assert answer.json()["errmsg"].startswith("invalid credential, access_token is invalid or not")
    assert await token_from(browser) != token


async def test_a_person_signs_in_over_http(browser: httpx.AsyncClient) -> None:
    login = await browser.post("/_control/login", json={"person": "owner-1"})
    query = {"appid": "wx1", "secret": "s", "grant_type": "authorization_code"}
    answer = await browser.get(
        "/sns/jscode2session", params={**query, "js_code": login.json()["js_code"]}
    )
    assert answer.json()["openid"] == login.json()["openid"]
    nobody = await browser.get("/sns/jscode2session", params=query)
    assert nobody.json()["errcode"] == 41008


async def test_invented_phone_numbers_only(browser: httpx.AsyncClient) -> None:
    answer = await browser.post("/_control/phone", json={"person": "owner-1"})
    again = await browser.post("/_control/phone", json={"person": "owner-1"})
    assert re.fullmatch(r"1390000\d{4}", answer.json()["phone"])
    assert answer.json()["phone"] == again.json()["phone"]
    assert answer.json()["code"] != again.json()["code"]


async def test_templates_can_be_added(browser: httpx.AsyncClient) -> None:
    template = {"template_id": "new", "content": "{{thing1.DATA}}"}
    accepted = {"person": "owner-1", "template_id": "new"}
    before = await browser.post("/_control/subscribe", json=accepted)
    await browser.post("/_control/templates", json=template)
    after = await browser.post("/_control/subscribe", json=accepted)
    assert (before.json()["errcode"], after.json()["allowance"]) == (40037, 1)


async def test_faults_come_in_order_and_end(browser: httpx.AsyncClient) -> None:
    path = "/cgi-bin/stable_token"
    for body, times in (("first", 1), ("second", 2)):
        await browser.post("/_control/faults", json={"call": path, "body": body, "times": times})
    bodies = [(await browser.post(path, json=TOKEN_REQUEST)).text for _ in range(3)]
    assert bodies == ["first", "second", "second"]
    assert await token_from(browser)


@pytest.mark.parametrize("path", [path for path, each in ENDPOINTS.items() if each.method == "GET"])
async def test_strict_about_the_method(browser: httpx.AsyncClient, path: str) -> None:
    params = {"access_token": await token_from(browser)}
    answer = await browser.post(path, params=params, json={})
    assert answer.json()["errcode"] == 43001


async def test_everything_can_be_looked_at(browser: httpx.AsyncClient) -> None:
    await token_from(browser)
    state = (await browser.get("/_control/state")).json()
    assert state["calls"] == {"/cgi-bin/stable_token": 1}
    assert (await browser.get("/_control/pushes")).json() == []
