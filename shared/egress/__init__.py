"""Calling addresses that others have given us, without becoming their hand in our network (T20).

An address is refused unless it is known to be harmless: https to port 443 of a globally routable
unicast address. The name is resolved here, every address of the answer is judged, and the
connection goes to a judged address itself: there is no second look-up that could answer otherwise
(DNS rebinding). Host, SNI and the certificate are those of the name. Redirects are the caller's to
refuse; environment variables that name proxies are not read.

    urls        what may be written down as an address at all
    ranges      which addresses are public, and which can be opened by an exception
    rules       what one caller may reach
    guard       resolves, judges, and makes sockets for what was judged
    transport   the guard as a transport of httpx
"""

from __future__ import annotations

from shared.egress.guard import AddressRefused, Sockets, new_socket
from shared.egress.ranges import Address, Network, can_be_opened, is_public, lies_in_private
from shared.egress.resolving import Resolver, SystemResolver
from shared.egress.rules import PORT, Rules
from shared.egress.transport import GuardedTransport, NameNotResolved, tls
from shared.egress.urls import Target, UrlRefused, Why, parse

__all__ = [
    "PORT",
    "Address",
    "AddressRefused",
    "GuardedTransport",
    "NameNotResolved",
    "Network",
    "Resolver",
    "Rules",
    "Sockets",
    "SystemResolver",
    "Target",
    "UrlRefused",
    "Why",
    "can_be_opened",
    "is_public",
    "lies_in_private",
    "new_socket",
    "parse",
    "tls",
]
