"""One POST to one endpoint: a small client each, bounded time, no redirects, little kept."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

import httpx

CONNECT_TIMEOUT = 5  # seconds
TOTAL_TIMEOUT = 15  # seconds
LARGEST_RESPONSE = 20_000  # bytes

TIMEOUT = httpx.Timeout(TOTAL_TIMEOUT, connect=CONNECT_TIMEOUT)


@dataclass(frozen=True)
class Answer:
    """`failure` is set when there was no answer to speak of; `cut` when it went on."""

    status: int | None = None
    failure: str | None = None
    response: str | None = field(default=None, repr=False)
    cut: bool = False


class Posting:
    """A client per endpoint: one pool for all of them would be scanned for every post."""

    def __init__(self, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._transport = transport
        self._clients: dict[UUID, httpx.AsyncClient] = {}

    async def close(self) -> None:
        clients, self._clients = self._clients, {}
        for client in clients.values():
            await client.aclose()

    async def post(
        self, endpoint_id: UUID, url: str, body: bytes, headers: Mapping[str, str]
    ) -> Answer:
        try:
            async with asyncio.timeout(TOTAL_TIMEOUT):
                return await self._post(self._client(endpoint_id), url, body, headers)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
            return Answer(failure=type(error).__name__)

    async def _post(
        self, client: httpx.AsyncClient, url: str, body: bytes, headers: Mapping[str, str]
    ) -> Answer:
        async with client.stream("POST", url, content=body, headers=headers) as response:
            head, cut = await _head_of(response)
            return Answer(response.status_code, response=head, cut=cut)

    def _client(self, endpoint_id: UUID) -> httpx.AsyncClient:
        if endpoint_id not in self._clients:
            self._clients[endpoint_id] = httpx.AsyncClient(
                timeout=TIMEOUT,
                follow_redirects=False,
                trust_env=False,
                transport=self._transport,
            )
        return self._clients[endpoint_id]


async def _head_of(response: httpx.Response) -> tuple[str, bool]:
    """What fits of the answer, as text that PostgreSQL can store, and whether it went on."""
    kept = b""
    async for part in response.aiter_raw():
        kept += part
        if len(kept) > LARGEST_RESPONSE:
            break
    head = kept[:LARGEST_RESPONSE].decode(errors="replace").replace("\x00", "")
    return head, len(kept) > LARGEST_RESPONSE
