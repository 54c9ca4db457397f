"""Addresses that anybody may read, from a page of any site, and ask about with HEAD."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.web.problems import path_within

SHARED_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link",
}


class ForAnybody:
    """`below` are path prefixes. All that is answered there may be read by other sites' pages,
    problems as well, or their readers would see a failure without a reason. HEAD is answered, and
    logged, as the GET that it asks about, less the body.
    """

    def __init__(self, app: ASGIApp, below: Sequence[str]) -> None:
        self._app = app
        self._prefixes = tuple(f"{prefix}/" for prefix in below)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not path_within(scope).startswith(self._prefixes):
            await self._app(scope, receive, send)
            return
        is_head = scope["method"] == "HEAD"

        async def shared(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(SHARED_HEADERS)
            elif is_head:
                message = {**message, "body": b""}
            await send(message)

        asked = {**scope, "method": "GET"} if is_head else scope
        await self._app(asked, receive, shared)
