"""The layer around every request: size limit, request id, one log line, metrics."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from time import perf_counter
from uuid import UUID

from prometheus_client import Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog import get_logger
from structlog.contextvars import bound_contextvars

from shared.errors import TooLarge
from shared.ids import new_id
from shared.tracing import Trace, traced
from shared.web.allowances import Allowances
from shared.web.problems import answer as answer_to
from shared.web.problems import path_within, unexpected
from shared.web.served import runtime_in
from shared.web.shortcut import Shortcut

LARGEST_BODY = 1_048_576  # bytes
TRACEPARENT = re.compile(rb"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")

DURATION = Histogram(
    "liuduan_request_seconds", "Duration of requests", ["service", "method", "route", "status"]
)

logger = get_logger("request")


class BodyTooLarge(TooLarge):
    """The body is larger than this address takes: 1 MiB, if nothing else is said of it."""

    code = "BODY_TOO_LARGE"
    chinese = "请求正文过大。"


class Edge:
    """`uploads` are the addresses that take more than LARGEST_BODY, and how many bytes, where a
    `{parameter}` stands for any segment; `shortcuts` the endpoints that are answered from here.
    """

    def __init__(
        self,
        app: ASGIApp,
        uploads: Mapping[str, int],
        shortcuts: Sequence[Shortcut] = (),
    ) -> None:
        self._app = app
        self._allowances = Allowances(uploads, LARGEST_BODY)
        self._shortcuts = {(each.method, each.path): each for each in shortcuts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name.lower(): value for name, value in scope["headers"]}
        request_id = _request_id(headers.get(b"x-request-id"))
        trace = Trace(request_id, None, _traceparent(headers.get(b"traceparent")))
        service = runtime_in(scope).name
        with traced(trace), bound_contextvars(request_id=str(request_id), service=service):
            await self._observed(scope, receive, send, headers)

    async def _observed(
        self, scope: Scope, receive: Receive, send: Send, headers: dict[bytes, bytes]
    ) -> None:
        started = perf_counter()
        answer = _Answer(send)
        most = self._allowances.of(path_within(scope))
        if _declared_size(headers) > most:
            await answer_to(scope, BodyTooLarge(bytes_at_most=most))(scope, receive, answer.send)
        else:
            await self._guarded(scope, receive, answer, most)
        self._record(scope, answer.status, perf_counter() - started)

    async def _guarded(self, scope: Scope, receive: Receive, answer: _Answer, most: int) -> None:
        try:
            await self._limited(scope, receive, answer, most)
        except Exception as failure:  # house: edge — whatever nobody foresaw becomes a problem
            if answer.complete:
                return  # cut off while it was read: that has been answered
            if answer.begun:
                raise
            await unexpected(scope, failure)(scope, receive, answer.send)

    async def _limited(self, scope: Scope, receive: Receive, answer: _Answer, most: int) -> None:
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken <= most:
                return message
            await answer_to(scope, BodyTooLarge(bytes_at_most=most))(scope, receive, answer.send)
            answer.complete = True
            return {"type": "http.disconnect"}

        shortcut = self._shortcuts.get((scope["method"], path_within(scope)))
        await (shortcut or self._app)(scope, counted, answer.send)

    def _record(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "-")
        labels = (runtime_in(scope).name, scope["method"], route, str(status))
        DURATION.labels(*labels).observe(seconds)
        logger.info(
            "request",
            method=scope["method"],
            route=route,
            status=status,
            milliseconds=round(seconds * 1000, 1),
        )


class _Answer:
    """Remembers the status; once complete, whatever else is sent is dropped."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status = 500
        self.begun = False
        self.complete = False

    async def send(self, message: Message) -> None:
        if self.complete:
            return
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.begun = True
        await self._send(message)


def _request_id(given: bytes | None) -> UUID:
    try:
        return UUID(given.decode("ascii")) if given else new_id()
    except ValueError:
        return new_id()


def _traceparent(given: bytes | None) -> str | None:
    """Only what W3C Trace Context allows: it goes into events."""
    return given.decode() if given and TRACEPARENT.fullmatch(given) else None


def _declared_size(headers: dict[bytes, bytes]) -> int:
    length = headers.get(b"content-length", b"")
    return int(length) if length.isdigit() else 0
