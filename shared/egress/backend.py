"""The guard: resolves a name, judges every address, connects to a judged one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv6Address

import httpcore
import httpx

from shared.egress.ranges import Address
from shared.egress.resolving import Resolver
from shared.egress.rules import Rules
from shared.egress.urls import UrlRefused, host_address

MOST_TRIED = 4  # addresses of one name

SocketOptions = Iterable[httpcore.SOCKET_OPTION] | None


class AddressRefused(httpx.TransportError):
    """The name leads to an address that must not be called, or the port is not 443."""


class NameNotResolved(httpx.ConnectError):
    """Nobody knows an address of the name."""


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """`network` makes the connections; it is only ever given addresses that the rules allow."""

    def __init__(
        self, rules: Rules, resolver: Resolver, network: httpcore.AsyncNetworkBackend
    ) -> None:
        self._rules = rules
        self._resolver = resolver
        self._network = network

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: SocketOptions = None,
    ) -> httpcore.AsyncNetworkStream:
        """Raises AddressRefused when a single one of the addresses must not be called."""
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._addresses(host)
                if not all(self._rules.allow(address, port) for address in addresses):
                    raise AddressRefused(f"{host}:{port}")
                return await self._connect(addresses[:MOST_TRIED], port, timeout, socket_options)
        except TimeoutError as late:
            raise httpcore.ConnectTimeout from late

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: SocketOptions = None
    ) -> httpcore.AsyncNetworkStream:
        raise AddressRefused("a socket of this machine")

    async def sleep(self, seconds: float) -> None:
        await self._network.sleep(seconds)

    async def _addresses(self, host: str) -> Sequence[Address]:
        """At least one. Raises AddressRefused or NameNotResolved."""
        try:
            literal = host_address(f"[{host}]" if ":" in host else host)
        except UrlRefused as refused:
            raise AddressRefused(host) from refused
        if literal is not None:
            return [literal]
        try:
            found = await self._resolver.addresses(host)
        except OSError as failure:
            raise NameNotResolved(host) from failure
        if not found:
            raise NameNotResolved(host)
        return list(dict.fromkeys(found))

    async def _connect(
        self,
        addresses: Sequence[IPv4Address | IPv6Address],
        port: int,
        timeout: float | None,
        socket_options: SocketOptions,
    ) -> httpcore.AsyncNetworkStream:
        """One after the other, each for its share of the time."""
        share = timeout and timeout / len(addresses)
        *others, last = addresses
        for address in others:
            try:
                return await self._network.connect_tcp(
                    str(address), port, share, socket_options=socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._network.connect_tcp(
            str(last), port, share, socket_options=socket_options
        )
