"""Where webhooks may be sent."""

from __future__ import annotations

from shared.egress import PORT, Target, UrlRefused, Why, can_be_opened, is_public, parse
from shared.errors import Invalid


class EndpointNotHttps(Invalid):
    """A webhook endpoint needs an https address without credentials in it."""

    code = "ENDPOINT_NOT_HTTPS"
    chinese = "推送地址必须为 https，且不得包含账号口令。"


class EndpointAddressRefused(Invalid):
    """The address is not public, not on port 443, or not written plainly.

    `why` is SPELLING, HOST or PORT. A name in another script is written in ASCII (`xn--…`); an IP
    address in its usual form. A private address (RFC 1918, RFC 4193) is taken, and called once an
    exception for it is in force.
    """

    code = "ENDPOINT_ADDRESS_REFUSED"
    chinese = "推送地址须为可公开访问的地址和 443 端口，且书写规范。"


NOT_HTTPS = frozenset({Why.SCHEME, Why.CREDENTIALS})


def refuse_unsafe_address(url: str, *, plain_http_allowed: bool) -> None:
    """Plain http, other ports and loopback only for simulators on the same machine; where a name
    leads to is judged at every call. Raises EndpointNotHttps or EndpointAddressRefused.
    """
    try:
        target = parse(url)
    except UrlRefused as refused:
        error = EndpointNotHttps if refused.why in NOT_HTTPS else EndpointAddressRefused
        raise error(why=refused.why) from None
    if not plain_http_allowed:
        _refuse_what_is_not_public(target)


def _refuse_what_is_not_public(target: Target) -> None:
    if target.scheme != "https":
        raise EndpointNotHttps(why=Why.SCHEME)
    if target.port != PORT:
        raise EndpointAddressRefused(why=Why.PORT)
    if target.literal is None and "." not in target.host:
        raise EndpointAddressRefused(why=Why.HOST)
    if target.literal is not None and not (
        is_public(target.literal) or can_be_opened(target.literal)
    ):
        raise EndpointAddressRefused(why=Why.HOST)
