"""The hotline's own address: signed requests, bounded time, no redirects, little kept."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

import httpx

from shared.clock import Clock
from shared.ids import new_id
from shared.signatures import Signer, sign

CONNECT_TIMEOUT = 5  # seconds
TOTAL_TIMEOUT = 15  # seconds
LARGEST_PAGE = 4 * 1_048_576  # bytes


class HotlineUnclear(Exception):
    """The hotline did not answer, or not with a page of orders."""


@dataclass(frozen=True)
class Answer:
    """`failure` is the kind of error where there was no answer."""

    status: int | None = None
    failure: str | None = None


@dataclass(frozen=True)
class PulledPage:
    """`following` is the cursor to go on from."""

    orders: Sequence[Any] = field(repr=False)
    following: str | None


class HotlinePull(Protocol):
    """Where orders are fetched; another protocol of a hotline is another class."""

    async def page(self, after: str | None, limit: int) -> PulledPage:
        """The oldest orders after a cursor. Raises HotlineUnclear."""
        ...


class HotlineWire:
    """`account` is ours with the hotline, and the hotline's with us."""

    def __init__(
        self,
        account: str,
        keys: Sequence[Signer],
        clock: Clock,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._account = account
        self._keys = keys
        self._clock = clock
        timeout = httpx.Timeout(TOTAL_TIMEOUT, connect=CONNECT_TIMEOUT)
        self._client = httpx.AsyncClient(
            timeout=timeout, follow_redirects=False, trust_env=False, transport=transport
        )

    async def close(self) -> None:
        await self._client.aclose()

    async def post(self, url: str, id: str, body: bytes) -> Answer:
        """One attempt at a delivery; `id` is the same for all of them."""
        headers = {**self._headers(id, body), "content-type": "application/json"}
        try:
            async with (
                asyncio.timeout(TOTAL_TIMEOUT),
                self._client.stream("POST", url, content=body, headers=headers) as response,
            ):
                return Answer(response.status_code)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
            return Answer(failure=type(error).__name__)

    async def get(self, url: str, query: dict[str, str]) -> Any:
        """The JSON it answers with. Raises HotlineUnclear."""
        try:
            async with asyncio.timeout(TOTAL_TIMEOUT):
                return await self._read(url, query)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, ValueError) as error:
            raise HotlineUnclear(type(error).__name__) from error

    async def _read(self, url: str, query: dict[str, str]) -> Any:
        headers = self._headers(str(new_id()), b"")
        async with self._client.stream("GET", url, params=query, headers=headers) as response:
            response.raise_for_status()
            kept = b""
            async for part in response.aiter_bytes():
                kept += part
                if len(kept) > LARGEST_PAGE:
                    raise ValueError("a page of orders is larger than we take")
        return json.loads(kept)

    def _headers(self, id: str, body: bytes) -> dict[str, str]:
        now: datetime = self._clock.now()
        return {**sign(body, id=id, at=now, keys=self._keys), "liuduan-client": self._account}


class HttpPull:
    """`GET url?after=…&limit=…`, answered with `{"orders": […], "next": "…"}`."""

    def __init__(self, wire: HotlineWire, url: str) -> None:
        self._wire = wire
        self._url = url

    async def page(self, after: str | None, limit: int) -> PulledPage:
        query = {"limit": str(limit)} | ({"after": after} if after else {})
        found = await self._wire.get(self._url, query)
        orders = found.get("orders") if isinstance(found, dict) else None
        if not isinstance(orders, list):
            raise HotlineUnclear("no list of orders")
        following = found.get("next")
        return PulledPage(orders, following if isinstance(following, str) else after)
