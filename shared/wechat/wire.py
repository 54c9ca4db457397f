"""One exchange with the server API: time limits, retries while busy, no tokens."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import httpx

from shared.wechat.api_security import ApiSecurity, SecurityBroken
from shared.wechat.errors import Busy, OutcomeUnknown, Unreachable, WeChatError
from shared.wechat.redaction import redact_httpx_log
from shared.wechat.replies import Reply, read_picture, read_reply

T = TypeVar("T")

BASE_URL = "https://api.weixin.qq.com"
TIMEOUT = httpx.Timeout(connect=3, read=5, write=5, pool=3)
BUSY_PAUSES = (0.2, 0.6)

# A kept connection may be closed by the vendor just as a send goes out, which would leave the
# outcome unknown; a fresh one costs a handshake and is certain.
LIMITS = httpx.Limits(max_connections=50, max_keepalive_connections=0)

NOTHING_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)

Pause = Callable[[float], Awaitable[None]]
Read = Callable[[str, httpx.Response, Iterable[str]], T]


@dataclass(frozen=True)
class Call:
    """A request. `hidden` values never appear in an error; `again_on` errors are retried."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: Mapping[str, Any] | None = field(default=None, repr=False)
    hidden: tuple[str, ...] = field(default=(), repr=False)
    again_on: tuple[type[WeChatError], ...] = (Busy,)


class Wire:
    """Talks to `base_url`: the vendor, or a simulator with the same paths below it.

    With `security` the calls it lists are sealed (off by default).
    """

    def __init__(
        self,
        base_url: str = BASE_URL,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        pause: Pause = asyncio.sleep,
        security: ApiSecurity | None = None,
    ) -> None:
        redact_httpx_log()
        self._http = httpx.AsyncClient(
            base_url=base_url, timeout=TIMEOUT, limits=LIMITS, transport=transport
        )
        self._pause = pause
        self._security = security

    async def close(self) -> None:
        await self._http.aclose()

    async def call(self, call: Call) -> Reply:
        """The reply; raises WeChatError. Busy is retried twice, with jitter."""
        return await self._patiently(call, read_reply)

    async def picture(self, call: Call) -> bytes:
        """The picture that the call makes; raises WeChatError when JSON comes instead."""
        return await self._patiently(call, read_picture)

    async def _patiently(self, call: Call, read: Read[T]) -> T:
        for pause in BUSY_PAUSES:
            try:
                return await self._once(call, read)
            except call.again_on:
                await self._pause(pause * random.uniform(0.5, 1.5))
        return await self._once(call, read)

    async def _once(self, call: Call, read: Read[T]) -> T:
        sealing = self._security if self._is_sealed(call) else None
        try:
            response = await self._http.request(
                call.method, call.path, params=call.query, **_payload(call, sealing)
            )
        except NOTHING_SENT as error:
            raise Unreachable(call.path, type(error).__name__) from None
        except httpx.HTTPError as error:
            raise OutcomeUnknown(call.path, type(error).__name__) from None
        return read(call.path, _unsealed(call.path, response, sealing), call.hidden)

    def _is_sealed(self, call: Call) -> bool:
        if self._security is None or call.body is None:
            return False
        return call.path in self._security.paths


def _payload(call: Call, sealing: ApiSecurity | None) -> dict[str, Any]:
    """Raw UTF-8: the vendor once refused escaped Chinese (40033)."""
    if call.body is None:
        return {}
    if sealing is not None:
        sealed = sealing.seal(call.path, call.body)
        return {"content": sealed.content, "headers": dict(sealed.headers)}
    content = json.dumps(call.body, ensure_ascii=False, separators=(",", ":")).encode()
    return {"content": content, "headers": {"Content-Type": "application/json"}}


def _unsealed(path: str, response: httpx.Response, sealing: ApiSecurity | None) -> httpx.Response:
    """A sealed call that was refused is answered in the clear: only an error may be."""
    if sealing is None:
        return response
    if "Wechatmp-Signature" not in response.headers:
        read_reply(path, response, ())
        raise OutcomeUnknown(path, "the answer is not sealed")
    try:
        content = sealing.open(path, response.headers, response.content)
    except SecurityBroken as broken:
        raise OutcomeUnknown(path, str(broken)) from None
    return httpx.Response(response.status_code, content=content)
