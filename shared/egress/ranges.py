"""Which addresses are public: all that the registries of IANA do not set aside for something.

Sources: IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890 and its successors), and
the documentation of cloud vendors for the addresses of their metadata services.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

SET_ASIDE: tuple[Network, ...] = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8",  # this network
            "10.0.0.0/8",  # private
            "100.64.0.0/10",  # shared by carriers; 100.100.100.200 is Alibaba Cloud's metadata
            "127.0.0.0/8",  # loopback
            "168.63.129.16/32",  # Azure's own, though it looks public
            "169.254.0.0/16",  # link-local, and most metadata services
            "172.16.0.0/12",  # private
            "192.0.0.0/24",  # protocol assignments
            "192.0.2.0/24",  # documentation
            "192.88.99.0/24",  # 6to4 relays
            "192.168.0.0/16",  # private
            "198.18.0.0/15",  # benchmarks
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, and broadcast
            "2001::/23",  # protocol assignments, Teredo among them
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4: holds an IPv4 address
            "3ffe::/16",  # given back
            "3fff::/20",  # documentation
        ),
    )
)
# mapped IPv4, NAT64, link-local, unique local and multicast lie outside of it
GLOBAL_UNICAST = IPv6Network("2000::/3")

PRIVATE: tuple[Network, ...] = tuple(
    map(ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"))
)
# of clouds, within the private ones: Amazon, Google, Oracle
METADATA: tuple[Network, ...] = tuple(
    map(ip_network, ("fd00:ec2::/32", "fd20:ce::/64", "fd00:c1::/64"))
)


def is_public(address: Address) -> bool:
    """Globally routable unicast, and nothing that is set aside."""
    if isinstance(address, IPv6Address) and (
        address.scope_id is not None or address not in GLOBAL_UNICAST
    ):
        return False
    return not _within(address, SET_ASIDE)


def can_be_opened(address: Address) -> bool:
    """Whether an exception may open it: private networks (RFC 1918, RFC 4193), and never loopback,
    link-local or metadata addresses.
    """
    if isinstance(address, IPv6Address) and address.scope_id is not None:
        return False
    return _within(address, PRIVATE) and not _within(address, METADATA)


def lies_in_private(network: Network) -> bool:
    """Whether every address of the network can be opened by an exception."""
    if any(network.version == each.version and network.overlaps(each) for each in METADATA):
        return False
    return any(_contains(each, network) for each in PRIVATE)


def _within(address: Address, networks: Iterable[Network]) -> bool:
    return any(address.version == each.version and address in each for each in networks)


def _contains(wide: Network, narrow: Network) -> bool:
    return wide.version == narrow.version and narrow.subnet_of(wide)  # type: ignore[arg-type]
