"""One POST to one endpoint: guarded way, bounded time, no redirects, little kept."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol
from uuid import UUID

import httpx

from services.notify.webhooks.domain.answers import CONNECT_TIMED_OUT, TIMED_OUT
from shared.egress import AddressRefused, Network, UrlRefused, parse

TOTAL_TIMEOUT = 15  # seconds
LARGEST_RESPONSE = 20_000  # bytes

# an answer is kept as it came: it must be readable
HEADERS = {"user-agent": "liuduan-webhooks", "accept-encoding": "identity"}


class Way(Protocol):
    """How an endpoint is reached; `opened` are the private networks it is excepted for."""

    def transport(self, opened: tuple[Network, ...]) -> httpx.AsyncBaseTransport: ...


@dataclass(frozen=True)
class Answer:
    """`failure` is set when there was no answer to speak of; `cut` when it went on; `retry_after`
    is the header's text.
    """

    status: int | None = None
    failure: str | None = None
    response: str | None = field(default=None, repr=False)
    cut: bool = False
    retry_after: str | None = None


class Posting:
    """A transport per endpoint, so that connections made for one serve no other. Redirects,
    cookies and the environment are the business of a client, which there is none of.
    """

    def __init__(self, way: Way, *, total_timeout: float = TOTAL_TIMEOUT) -> None:
        self._way = way
        self._timeout = total_timeout
        self._transports: dict[UUID, tuple[tuple[Network, ...], httpx.AsyncBaseTransport]] = {}

    async def close(self) -> None:
        transports, self._transports = self._transports, {}
        for _, transport in transports.values():
            await transport.aclose()

    async def post(
        self,
        endpoint_id: UUID,
        url: str,
        body: bytes,
        headers: Mapping[str, str],
        opened: tuple[Network, ...] = (),
    ) -> Answer:
        transport = await self._transport(endpoint_id, opened)
        try:
            async with asyncio.timeout(self._timeout):
                return await _post(transport, url, body, headers)
        except httpx.ConnectTimeout:
            return Answer(failure=CONNECT_TIMED_OUT)
        except (TimeoutError, httpx.TimeoutException):
            return Answer(failure=TIMED_OUT)
        except httpx.HTTPError as error:
            return Answer(failure=_kind(error))

    async def _transport(
        self, endpoint_id: UUID, opened: tuple[Network, ...]
    ) -> httpx.AsyncBaseTransport:
        """Connections that were made under other exceptions are closed."""
        known = self._transports.get(endpoint_id)
        if known is not None and known[0] == opened:
            return known[1]
        transport = self._way.transport(opened)
        self._transports[endpoint_id] = opened, transport
        if known is not None:
            await known[1].aclose()
        return transport


async def _post(
    transport: httpx.AsyncBaseTransport, url: str, body: bytes, headers: Mapping[str, str]
) -> Answer:
    wanted = {**HEADERS, **headers}
    request = httpx.Request("POST", _read_once(url), content=body, headers=wanted)
    response = await transport.handle_async_request(request)
    try:
        head, cut = await _head_of(response)
        wish = response.headers.get("retry-after")
        return Answer(response.status_code, response=head, cut=cut, retry_after=wish)
    finally:
        await response.aclose()


@lru_cache(maxsize=1000)  # reading an address takes longer than signing a body
def _read_once(url: str) -> httpx.URL:
    """As it was written down, before anybody makes it regular. Raises AddressRefused."""
    try:
        parse(url)
        return httpx.URL(url)
    except (UrlRefused, httpx.InvalidURL) as refused:
        raise AddressRefused("its spelling") from refused


async def _head_of(response: httpx.Response) -> tuple[str, bool]:
    """What fits of the answer, as text that PostgreSQL can store, and whether it went on."""
    kept = b""
    async for part in response.aiter_raw():
        kept += part
        if len(kept) > LARGEST_RESPONSE:
            break
    head = kept[:LARGEST_RESPONSE].decode(errors="replace").replace("\x00", "")
    return head, len(kept) > LARGEST_RESPONSE


def _kind(error: BaseException) -> str:
    """The kind of failure, in a word that helps whoever runs the endpoint."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return "CertificateRefused"
        if isinstance(cause, ssl.SSLError):
            return "TlsFailed"
        cause = cause.__cause__ or cause.__context__
    return type(error).__name__
