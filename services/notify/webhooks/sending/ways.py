"""How endpoints are reached: through the guard, or through what a composition was given."""

from __future__ import annotations

import ssl
from dataclasses import dataclass

import httpcore
import httpx

from shared.egress import GuardedTransport, Network, Resolver, Rules


@dataclass(frozen=True)
class Egress:
    """`this_machine` opens loopback, for the stand-ins of the embedded mode; `network` makes the
    connections, None is the real one.
    """

    resolver: Resolver
    context: ssl.SSLContext
    this_machine: bool = False
    network: httpcore.AsyncNetworkBackend | None = None

    def transport(self, opened: tuple[Network, ...]) -> httpx.AsyncBaseTransport:
        rules = Rules(opened=opened, this_machine=self.this_machine)
        return GuardedTransport(rules, self.resolver, self.context, self.network)


@dataclass(frozen=True)
class Given:
    """One and the same for everybody."""

    network: httpx.AsyncBaseTransport

    def transport(self, opened: tuple[Network, ...]) -> httpx.AsyncBaseTransport:
        return self.network
