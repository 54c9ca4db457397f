"""Which networks an exception may open: small parts of private ones, such as 政务外网 uses."""

from __future__ import annotations

from ipaddress import ip_network

from shared.egress import Network, lies_in_private
from shared.errors import Invalid

WIDEST = {4: 24, 6: 64}  # shortest prefix, by IP version


class NetworkRefused(Invalid):
    """An exception opens a private network of at most 256 IPv4 addresses (/24) or one IPv6 /64.

    `why` is SPELLING, NOT_PRIVATE (RFC 1918 and RFC 4193 are; loopback, link-local and metadata
    addresses are never opened) or TOO_WIDE.
    """

    code = "NETWORK_REFUSED"
    chinese = "例外只能是规范书写的内网网段，且不大于 /24（IPv6 为 /64）。"


def private_network(cidr: str) -> Network:
    """The network that is written as `10.1.2.0/24`. Raises NetworkRefused."""
    try:
        network = ip_network(cidr, strict=True)
    except ValueError:
        raise NetworkRefused(why="SPELLING") from None
    if "%" in cidr:  # a zone, which means something on one machine only
        raise NetworkRefused(why="SPELLING")
    if not lies_in_private(network):
        raise NetworkRefused(why="NOT_PRIVATE")
    if network.prefixlen < WIDEST[network.version]:
        raise NetworkRefused(why="TOO_WIDE")
    return network
