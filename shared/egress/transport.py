"""The guard as a transport of httpx: `httpx.AsyncClient(transport=GuardedTransport(…))`."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import httpcore
import httpx

from shared.egress.backend import AddressRefused, GuardedBackend
from shared.egress.resolving import Resolver
from shared.egress.rules import Rules

KEPT_OPEN = 5.0  # seconds that an idle connection is kept

ERRORS = {
    getattr(httpcore, error.__name__): error
    for error in (
        httpx.ConnectTimeout, httpx.ReadTimeout, httpx.WriteTimeout, httpx.PoolTimeout,
        httpx.ConnectError, httpx.ReadError, httpx.WriteError,
        httpx.LocalProtocolError, httpx.RemoteProtocolError, httpx.UnsupportedProtocol,
    )
}  # fmt: skip


def tls(authorities: str = "") -> ssl.SSLContext:
    """TLS 1.2 or newer, certificates verified; `authorities` is a file of further ones (PEM)."""
    context = httpx.create_ssl_context(trust_env=False)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if authorities:
        context.load_verify_locations(authorities)
    return context


class GuardedTransport(httpx.AsyncBaseTransport):
    """A pool of its own for each transport: one that many hosts share is searched for every call.

    `network` None is the real one.
    """

    def __init__(
        self,
        rules: Rules,
        resolver: Resolver,
        context: ssl.SSLContext,
        network: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        network = network or httpcore.AnyIOBackend()

        def pool(within: Rules) -> httpcore.AsyncConnectionPool:
            return httpcore.AsyncConnectionPool(
                ssl_context=context,
                keepalive_expiry=KEPT_OPEN,
                network_backend=GuardedBackend(within, resolver, network),
            )

        self._pools = {"https": pool(rules), "http": pool(rules.without_tls())}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Raises AddressRefused, or what httpx raises."""
        pool = self._pools.get(request.url.scheme)
        if pool is None:
            raise AddressRefused(request.url.scheme)
        with _told_by_httpx():
            answer = await pool.handle_async_request(_asked(request))
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_Stream(answer),
            extensions=answer.extensions,
        )

    async def aclose(self) -> None:
        for pool in self._pools.values():
            await pool.aclose()


class _Stream(httpx.AsyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _told_by_httpx():
            async for part in self._answer.aiter_stream():
                yield part

    async def aclose(self) -> None:
        await self._answer.aclose()


def _asked(request: httpx.Request) -> httpcore.Request:
    url = httpcore.URL(
        scheme=request.url.raw_scheme,
        host=request.url.raw_host,
        port=request.url.port,
        target=request.url.raw_path,
    )
    return httpcore.Request(
        request.method,
        url,
        headers=request.headers.raw,
        content=request.stream,
        extensions=request.extensions,
    )


@contextmanager
def _told_by_httpx() -> Iterator[None]:
    """The errors of the layer below under the names that callers of httpx know."""
    try:
        yield
    except tuple(ERRORS) as error:
        known = next(kind for kind in type(error).__mro__ if kind in ERRORS)
        raise ERRORS[known](str(error)) from error
