"""The guard as a transport of httpx.

aiohttp makes the connections: its connector asks us for addresses and for sockets, which httpx's
own pool does not, and it takes a fifth of the time. httpx-aiohttp would put the two together as
well, but calls a connection that was reset a time-out.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache

import aiohttp
import httpx
from yarl import URL

from shared.egress.guard import AddressRefused, Guard, Sockets, new_socket
from shared.egress.resolving import Resolver
from shared.egress.rules import Rules
from shared.egress.urls import Target, UrlRefused, parse

CONNECT = aiohttp.ClientTimeout(total=None, connect=5)  # seconds for look-up, connection and TLS
AT_ONCE = 100  # connections
KNOWN = 1000  # addresses whose reading is remembered


class NameNotResolved(httpx.ConnectError):
    """Nobody knows an address of the name."""


# the first that fits
ERRORS: Mapping[type[Exception], type[httpx.TransportError]] = {
    aiohttp.ConnectionTimeoutError: httpx.ConnectTimeout,
    aiohttp.ServerTimeoutError: httpx.ReadTimeout,
    aiohttp.ClientConnectorDNSError: NameNotResolved,
    aiohttp.ClientConnectorError: httpx.ConnectError,
    aiohttp.ClientConnectionError: httpx.ReadError,
    aiohttp.ClientError: httpx.RemoteProtocolError,
}


def tls(authorities: str = "") -> ssl.SSLContext:
    """TLS 1.2 or newer, certificates verified; `authorities` is a file of further ones (PEM)."""
    context = httpx.create_ssl_context(trust_env=False)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if authorities:
        context.load_verify_locations(authorities)
    return context


class GuardedTransport(httpx.AsyncBaseTransport):
    """Follows no redirect, keeps no cookie, reads no environment, decodes no body.

    `sockets` makes them, for addresses that the guard has judged. Bounding the whole time is the
    caller's part.
    """

    def __init__(
        self,
        rules: Rules,
        resolver: Resolver,
        context: ssl.SSLContext,
        sockets: Sockets = new_socket,
    ) -> None:
        self._context = context
        self._guards = {
            "https": Guard(rules, resolver, sockets),
            "http": Guard(rules.without_tls(), resolver, sockets),
        }
        self._sessions: dict[str, aiohttp.ClientSession] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Raises AddressRefused, NameNotResolved, or what httpx raises."""
        target, url = _target(str(request.url))
        if target.literal is not None:  # a name is judged once it is resolved
            self._guards[target.scheme].judge([target.literal], target.port)
        with _told_by_httpx():
            answer = await self._session(target.scheme).request(
                request.method,
                url,
                data=request.content,
                headers=[(name.decode(), value.decode()) for name, value in request.headers.raw],
                allow_redirects=False,
            )
        return httpx.Response(answer.status, headers=answer.raw_headers, stream=_Stream(answer))

    async def aclose(self) -> None:
        for session in self._sessions.values():
            await session.close()
        self._sessions.clear()

    def _session(self, scheme: str) -> aiohttp.ClientSession:
        if scheme not in self._sessions:
            guard = self._guards[scheme]
            connector = aiohttp.TCPConnector(
                resolver=guard,
                socket_factory=guard.socket,
                ssl=self._context,
                family=socket.AF_UNSPEC,
                use_dns_cache=False,
                limit=AT_ONCE,
            )
            self._sessions[scheme] = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=CONNECT,
                trust_env=False,
                auto_decompress=False,
            )
        return self._sessions[scheme]


class _Stream(httpx.AsyncByteStream):
    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _told_by_httpx():
            async for part in self._answer.content.iter_any():
                yield part

    async def aclose(self) -> None:
        """A connection whose answer was read to the end has been given back already."""
        self._answer.close()


@lru_cache(maxsize=KNOWN)
def _target(address: str) -> tuple[Target, URL]:
    """Read by us, and as aiohttp takes it: without reading it in a way of its own."""
    try:
        return parse(address), URL(address, encoded=True)
    except UrlRefused as refused:
        raise AddressRefused(refused.why) from refused


@contextmanager
def _told_by_httpx() -> Iterator[None]:
    """The errors of the layer below under the names that callers of httpx know."""
    try:
        yield
    except aiohttp.ClientError as error:
        told = next(kind for known, kind in ERRORS.items() if isinstance(error, known))
        raise told(type(error).__name__) from error
