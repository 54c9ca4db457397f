"""Pushes to the mini-program's server: three attempts of five seconds each (wechat.md 6)."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Literal
from xml.etree.ElementTree import Element, SubElement, tostring

import httpx
from pydantic import BaseModel, ConfigDict, Field

from shared.clock import Clock
from shared.wechat.push import encrypt, signature

ATTEMPTS = 3
PATIENCE = 5.0  # seconds
SEVERAL = {"List"}


class PushTarget(BaseModel):
    """What stands in the console under message push; `events` also of subscribe messages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str
    token: str = Field(repr=False)
    aes_key: str = Field(default="", repr=False)
    mode: Literal["plain", "compatible", "secure"] = "secure"
    format: Literal["json", "xml"] = "json"
    subscribe_events: bool = False


class Pushed(BaseModel):
    """One message and what became of its attempts: HTTP status, or 0 where none came."""

    message: dict[str, Any]
    answers: list[int] = Field(default_factory=list)
    taken: bool = False


Pause = Callable[[float], Awaitable[None]]


class Pusher:
    """`network` None is the real one; `patience` is how long the vendor waits for an answer."""

    def __init__(
        self, appid: str, clock: Clock, network: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self.target: PushTarget | None = None
        self.network = network
        self.patience = PATIENCE
        self.pushed: list[Pushed] = []
        self._appid = appid
        self._clock = clock
        self._under_way: set[asyncio.Task[None]] = set()

    def soon(self, work: Awaitable[None]) -> None:
        """In the background, as the vendor does."""
        task = asyncio.ensure_future(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def drain(self) -> None:
        """Until nothing is under way."""
        while self._under_way:
            await asyncio.gather(*self._under_way, return_exceptions=True)

    async def push(self, event: str, openid: str, fields: Mapping[str, Any]) -> None:
        """Again until it is taken, at most three times, each time with the same message."""
        if self.target is None:
            return
        message = {
            "ToUserName": "gh_000000000000",
            "FromUserName": openid,
            "CreateTime": int(self._clock.now().timestamp()),
            "MsgType": "event",
            "Event": event,
            **fields,
        }
        record = Pushed(message=message)
        self.pushed.append(record)
        query, content = self._packed(self.target, message)
        for _ in range(ATTEMPTS):
            status, record.taken = await self._attempt(self.target.url, query, content)
            record.answers.append(status)
            if record.taken:
                return

    async def verify(self) -> bool:
        """What saving the address in the console does: `echostr` must come back as it is."""
        assert self.target is not None
        echostr = secrets.token_hex(8)
        query = {**self._signed(self.target), "echostr": echostr}
        try:
            async with self._client() as client:
                answer = await client.get(self.target.url, params=query)
        except httpx.HTTPError:
            return False
        return answer.status_code == httpx.codes.OK and answer.text == echostr

    async def _attempt(
        self, url: str, query: Mapping[str, str], content: bytes
    ) -> tuple[int, bool]:
        try:
            async with asyncio.timeout(self.patience), self._client() as client:
                answer = await client.post(url, params=query, content=content)
        except (TimeoutError, httpx.HTTPError):
            return 0, False
        is_ok = answer.status_code == httpx.codes.OK
        return answer.status_code, is_ok and answer.text in {"success", ""}

    def _packed(
        self, target: PushTarget, message: Mapping[str, Any]
    ) -> tuple[dict[str, str], bytes]:
        query = self._signed(target) | {"openid": str(message["FromUserName"])}
        write = _as_xml if target.format == "xml" else _as_json
        plain = write(message)
        if target.mode == "plain":
            return query, plain
        sealed = encrypt(target.aes_key, self._appid, plain)
        signed = signature(target.token, query["timestamp"], query["nonce"], sealed)
        query |= {"encrypt_type": "aes", "msg_signature": signed}
        own = {"ToUserName": message["ToUserName"], "Encrypt": sealed}
        return query, write({**message, **own} if target.mode == "compatible" else own)

    def _signed(self, target: PushTarget) -> dict[str, str]:
        timestamp = str(int(self._clock.now().timestamp()))
        nonce = str(secrets.randbelow(10**9))
        return {
            "signature": signature(target.token, timestamp, nonce),
            "timestamp": timestamp,
            "nonce": nonce,
        }

    def _client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=self.network, timeout=self.patience)


def one_or_several(entries: list[dict[str, str]]) -> Any:
    """`List` of a subscribe event: an object where there is one entry, an array for several."""
    return entries[0] if len(entries) == 1 else entries


def _as_json(message: Mapping[str, Any]) -> bytes:
    return json.dumps(message, ensure_ascii=False).encode()


def _as_xml(message: Mapping[str, Any]) -> bytes:
    root = Element("xml")
    _fill(root, message)
    content: bytes = tostring(root, encoding="utf-8")
    return content


def _fill(element: Element, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        for each in value if isinstance(value, list) else [value]:
            child = SubElement(element, name)
            if isinstance(each, Mapping):
                _fill(child, each)
            else:
                child.text = str(each)
