"""The guard: resolves a name, judges every address, and lets sockets go to judged ones only."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from ipaddress import ip_address

import httpx
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.connector import AddrInfoType

from shared.egress.ranges import Address
from shared.egress.resolving import Resolver
from shared.egress.rules import Rules

FAMILIES = {4: socket.AF_INET, 6: socket.AF_INET6}

Sockets = Callable[[AddrInfoType], socket.socket]


class AddressRefused(httpx.TransportError):
    """The name leads to an address that must not be called, or the port is not 443."""


class Guard(AbstractResolver):
    """Stands at both doors of aiohttp's connector: its resolver, which has every address of a name
    judged before one is used, and its sockets, none of which is made for another address.
    """

    def __init__(self, rules: Rules, resolver: Resolver, sockets: Sockets) -> None:
        self._rules = rules
        self._resolver = resolver
        self._sockets = sockets

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Raises AddressRefused when one of the addresses must not be called; OSError."""
        addresses = await self._resolver.addresses(host)
        if not addresses:
            raise OSError(f"{host} has no address")
        self.judge(addresses, port)
        return [_resolved(host, address, port) for address in addresses]

    def socket(self, where: AddrInfoType) -> socket.socket:
        """For an address that somebody is about to connect to. Raises AddressRefused."""
        address, port = where[4][0], where[4][1]
        self.judge([ip_address(address)], int(port))
        return self._sockets(where)

    def judge(self, addresses: Sequence[Address], port: int) -> None:
        """Raises AddressRefused."""
        if not all(self._rules.allow(address, port) for address in addresses):
            raise AddressRefused(f"port {port}")

    async def close(self) -> None:
        return None


def new_socket(where: AddrInfoType) -> socket.socket:
    family, kind, protocol, *_ = where
    return socket.socket(family, kind, protocol)


def _resolved(host: str, address: Address, port: int) -> ResolveResult:
    return {
        "hostname": host,
        "host": str(address),
        "port": port,
        "family": FAMILIES[address.version],
        "proto": socket.IPPROTO_TCP,
        "flags": socket.AI_NUMERICHOST,
    }
