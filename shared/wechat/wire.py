"""One exchange with the server API: time limits, retries while busy, no tokens."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from shared.wechat.errors import Busy, OutcomeUnknown, Unreachable, WeChatError
from shared.wechat.redaction import redact_httpx_log
from shared.wechat.replies import Reply, read_reply

BASE_URL = "https://api.weixin.qq.com"
TIMEOUT = httpx.Timeout(connect=3, read=5, write=5, pool=3)
BUSY_PAUSES = (0.2, 0.6)

# A kept connection may be closed by the vendor just as a send goes out, which would leave the
# outcome unknown; a fresh one costs a handshake and is certain.
LIMITS = httpx.Limits(max_connections=50, max_keepalive_connections=0)

NOTHING_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)

Pause = Callable[[float], Awaitable[None]]


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
    """Talks to `base_url`: the vendor, or a simulator with the same paths below it."""

    def __init__(
        self,
        base_url: str = BASE_URL,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        pause: Pause = asyncio.sleep,
    ) -> None:
        redact_httpx_log()
        self._http = httpx.AsyncClient(
            base_url=base_url, timeout=TIMEOUT, limits=LIMITS, transport=transport
        )
        self._pause = pause

    async def close(self) -> None:
        await self._http.aclose()

    async def call(self, call: Call) -> Reply:
        """The reply; raises WeChatError. Busy is retried twice, with jitter."""
        for pause in BUSY_PAUSES:
            try:
                return await self._once(call)
            except call.again_on:
                await self._pause(pause * random.uniform(0.5, 1.5))
        return await self._once(call)

    async def _once(self, call: Call) -> Reply:
        try:
            response = await self._http.request(
                call.method, call.path, params=call.query, **_payload(call.body)
            )
        except NOTHING_SENT as error:
            raise Unreachable(call.path, type(error).__name__) from None
        except httpx.HTTPError as error:
            raise OutcomeUnknown(call.path, type(error).__name__) from None
        return read_reply(call.path, response, call.hidden)


def _payload(body: Mapping[str, Any] | None) -> dict[str, Any]:
    """Raw UTF-8: the vendor once refused escaped Chinese (40033)."""
    if body is None:
        return {}
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return {"content": content, "headers": {"Content-Type": "application/json"}}
