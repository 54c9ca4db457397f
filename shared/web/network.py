"""The network a request comes from, as far as limits tell networks apart."""

from __future__ import annotations

import ipaddress

from fastapi import Request

FOR_ONE_CONNECTION = 64  # bits: who has one address of IPv6 has 2**64 of them


def network_of(address: str) -> str:
    """IPv4 whole, also where it is written as IPv6; of IPv6 the network. What is no address at all
    stands for itself.
    """
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv4Address):
        return str(known)
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(known), FOR_ONE_CONNECTION), strict=False))


def network_behind(request: Request) -> str | None:
    """None for a request that came over no network."""
    return network_of(request.client.host) if request.client else None
