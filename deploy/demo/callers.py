"""People of the demo world as HTTP clients: they sign in like everybody and call what they may."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import httpx

from deploy.demo.world.records import Owner, Staff

CONSENT = "CONSENT"  # what an account lacks whose owner has not agreed to the notice
Answer = dict[str, Any]
SignIn = Callable[[httpx.AsyncClient], Awaitable[str]]


class Refused(Exception):
    """The system answered with a problem."""

    def __init__(self, answer: httpx.Response) -> None:
        self.status = answer.status_code
        self.problem: Answer = answer.json() if answer.content else {}
        self.code = str(self.problem.get("code", ""))
        super().__init__(f"{answer.request.method} {answer.request.url.path}: {self.problem}")


class Caller:
    """Signs in at the first call, and again when the token has expired."""

    def __init__(self, client: httpx.AsyncClient, sign_in: SignIn) -> None:
        self._client = client
        self._sign_in = sign_in
        self._token: str | None = None

    async def sign_in(self) -> str:
        """A fresh access token."""
        self._token = await self._sign_in(self._client)
        return self._token

    async def get(self, path: str, **query: str) -> Answer:
        return await self._call("GET", path, params=query)

    async def post(self, path: str, body: Answer | None = None, key: str | None = None) -> Answer:
        """`key` is the Idempotency-Key, a fresh one unless given. Raises Refused."""
        headers = {"Idempotency-Key": key or str(uuid4())}
        return await self._call("POST", path, json=body or {}, headers=headers)

    async def put(self, path: str, body: Answer) -> Answer:
        """Raises Refused."""
        return await self._call("PUT", path, json=body)

    async def delete(self, path: str) -> Answer:
        """Raises Refused."""
        return await self._call("DELETE", path)

    async def _call(self, method: str, path: str, **options: Any) -> Answer:
        answer = await self._send(method, path, **options)
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            self._token = None
            answer = await self._send(method, path, **options)
        if answer.is_error:
            raise Refused(answer)
        return dict(answer.json()) if answer.content else {}

    async def _send(self, method: str, path: str, **options: Any) -> httpx.Response:
        if self._token is None:
            self._token = await self._sign_in(self._client)
        headers = {"Authorization": f"Bearer {self._token}", **options.pop("headers", {})}
        return await self._client.request(method, path, headers=headers, **options)


def owner(client: httpx.AsyncClient, person: Owner) -> Caller:
    """An owner: the mini-program's login code and phone button, then a session at intake."""

    async def sign_in(client: httpx.AsyncClient) -> str:
        login = await _ok(client, "/simulators/wechat/_control/login", {"person": person.person})
        phone = await _ok(
            client,
            "/simulators/wechat/_control/phone",
            {"person": person.person, "phone": person.mobile},
        )
        return await _session(client, login["js_code"], phone_code=phone["code"])

    return Caller(client, sign_in)


def visitor(client: httpx.AsyncClient, person: str) -> Caller:
    """Somebody whom the simulator makes up: no number, no home."""

    async def sign_in(client: httpx.AsyncClient) -> str:
        login = await _ok(client, "/simulators/wechat/_control/login", {"person": person})
        return await _session(client, login["js_code"])

    return Caller(client, sign_in)


async def _session(client: httpx.AsyncClient, js_code: str, **proof: str) -> str:
    session = await _ok(client, "/intake/sessions", {"js_code": js_code, **proof})
    if CONSENT in session["missing"]:
        await agree(client, session["access_token"])
    return str(session["access_token"])


async def agree(client: httpx.AsyncClient, token: str) -> None:
    """As an adult, to the notice in force."""
    notice = (await client.get("/intake/privacy-notice")).json()
    agreed = await client.put(
        "/intake/me/consent",
        json={"version": notice["version"], "age_band": "ADULT"},
        headers={"Authorization": f"Bearer {token}"},
    )
    if agreed.is_error:
        raise Refused(agreed)


def staff(client: httpx.AsyncClient, person: Staff, password: str) -> Caller:
    """A member of staff: account and password at routing."""

    async def sign_in(client: httpx.AsyncClient) -> str:
        body = {"account": person.account, "password": password}
        return str((await _ok(client, "/routing/sessions", body))["access_token"])

    return Caller(client, sign_in)


def hotline(client: httpx.AsyncClient, client_id: str, secret: str) -> Caller:
    """The adapter of the 12345 hotline."""

    async def sign_in(client: httpx.AsyncClient) -> str:
        body = {"client_id": client_id, "client_secret": secret}
        return str((await _ok(client, "/intake/hotline/sessions", body))["access_token"])

    return Caller(client, sign_in)


async def _ok(client: httpx.AsyncClient, path: str, body: Answer) -> Answer:
    answer = await client.post(path, json=body)
    if answer.is_error:
        raise Refused(answer)
    return dict(answer.json())
