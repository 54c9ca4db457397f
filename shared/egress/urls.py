"""What may be written down as an address at all: one spelling, so that all readers agree on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import AddressValueError, IPv4Address, IPv6Address

from shared.egress.ranges import Address
from shared.egress.rules import PORT

LONGEST = 2000
LONGEST_NAME = 253
HIGHEST_PORT = 65_535

# printable ASCII; a backslash is a slash to some readers, and a fragment is never sent
_URL = re.compile(
    r"(?P<scheme>[a-z][a-z0-9+.-]*)://(?P<authority>[^/?#\\]*)(?:[/?][!-\"$-\[\]-~]*)?",
    re.IGNORECASE | re.ASCII,
)
_AUTHORITY = re.compile(
    r"(?P<host>\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::(?P<port>[1-9][0-9]{0,4}))?",
    re.IGNORECASE | re.ASCII,
)
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE | re.ASCII)
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.IGNORECASE | re.ASCII)
_PORTS = {"http": 80, "https": PORT}


class Why(StrEnum):
    """What is wrong with an address."""

    SPELLING = "SPELLING"
    CREDENTIALS = "CREDENTIALS"
    SCHEME = "SCHEME"
    HOST = "HOST"
    PORT = "PORT"


class UrlRefused(ValueError):
    """An address that we do not write down."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Target:
    """`literal` is set where the host is an IP address."""

    scheme: str
    host: str
    port: int
    literal: Address | None


def parse(url: str) -> Target:
    """Raises UrlRefused. Names in other scripts are written in ASCII (`xn--…`)."""
    found = _URL.fullmatch(url)
    if found is None or len(url) > LONGEST:
        raise UrlRefused(Why.SPELLING)
    scheme = found["scheme"].lower()
    if scheme not in _PORTS:
        raise UrlRefused(Why.SCHEME)
    if "@" in found["authority"]:
        raise UrlRefused(Why.CREDENTIALS)
    where = _AUTHORITY.fullmatch(found["authority"])
    if where is None:
        raise UrlRefused(Why.HOST)
    port = int(where["port"] or _PORTS[scheme])
    if port > HIGHEST_PORT:
        raise UrlRefused(Why.PORT)
    return Target(scheme, where["host"].strip("[]").lower(), port, host_address(where["host"]))


def host_address(host: str) -> Address | None:
    """The IP address that is written as a host, None for a name.

    Raises UrlRefused for what is neither a name nor the usual spelling of an address: `0x7f.1`,
    `2130706433`, `127.1` and `0177.0.0.1` mean 127.0.0.1 to some and nothing to others.
    """
    try:
        if host.startswith("["):
            return IPv6Address(host[1:-1])
        if _NUMBER.fullmatch(host.rpartition(".")[2]):
            return IPv4Address(host)
    except AddressValueError:
        raise UrlRefused(Why.HOST) from None
    if len(host) > LONGEST_NAME or not all(map(_LABEL.fullmatch, host.split("."))):
        raise UrlRefused(Why.HOST)
    return None
