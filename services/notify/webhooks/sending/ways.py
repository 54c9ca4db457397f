"""How endpoints are reached: through the guard, or through what a composition was given."""

from __future__ import annotations

import ssl
from dataclasses import dataclass

import httpx

from shared.egress import GuardedTransport, Network, Resolver, Rules, Sockets, new_socket


@dataclass(frozen=True)
class Egress:
    """`this_machine` opens loopback, for the stand-ins of the embedded mode."""

    resolver: Resolver
    context: ssl.SSLContext
    this_machine: bool = False
    sockets: Sockets = new_socket

    def transport(self, opened: tuple[Network, ...]) -> httpx.AsyncBaseTransport:
        rules = Rules(opened=opened, this_machine=self.this_machine)
        return GuardedTransport(rules, self.resolver, self.context, self.sockets)


@dataclass(frozen=True)
class Given:
    """One and the same for everybody."""

    network: httpx.AsyncBaseTransport

    def transport(self, opened: tuple[Network, ...]) -> httpx.AsyncBaseTransport:
        return self.network
