"""Where webhooks may be sent."""

from __future__ import annotations

from urllib.parse import urlsplit

from shared.errors import Invalid


class EndpointNotHttps(Invalid):
    """A webhook endpoint needs an https address without credentials in it."""

    code = "ENDPOINT_NOT_HTTPS"
    chinese = "推送地址必须为 https，且不得包含账号口令。"


def refuse_unsafe_address(url: str, *, plain_http_allowed: bool) -> None:
    """Plain http only for simulators on the same machine. Raises EndpointNotHttps."""
    parts = urlsplit(url)
    schemes = {"https", "http"} if plain_http_allowed else {"https"}
    if parts.scheme not in schemes or not parts.hostname or parts.username is not None:
        raise EndpointNotHttps
