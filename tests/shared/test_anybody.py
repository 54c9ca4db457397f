"""What lies below a prefix for anybody: HEAD sends no bytes, whatever the server below does."""

from __future__ import annotations

import pytest
from starlette.responses import StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from shared.web.anybody import ForAnybody


async def told(scope: Scope, receive: Receive, send: Send) -> None:
    """The method that arrived, in two parts."""
    answer = StreamingResponse(iter([scope["method"], "."]), headers={"X-Kept": "1"})
    await answer(scope, receive, send)


@pytest.mark.parametrize(
    ("method", "path", "body", "shared"),
    [
        ("GET", "/survey/public/bulletins", b"GET.", True),
        ("HEAD", "/survey/public/bulletins", b"", True),
        ("POST", "/survey/public/bulletins", b"POST.", True),
        ("HEAD", "/survey/publications", b"HEAD.", False),
    ],
)
async def test_head_is_asked_as_get_and_sends_nothing(
    method: str, path: str, body: bytes, shared: bool
) -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {"type": "http", "method": method, "path": path, "root_path": "/survey"}
    scope["asgi"] = {"spec_version": "2.4"}
    await ForAnybody(told, ["/public"])(scope, receive, send)
    start, *parts = sent
    headers = dict(start["headers"])
    assert b"".join(each["body"] for each in parts) == body
    assert headers[b"x-kept"] == b"1"
    assert (b"access-control-allow-origin" in headers) is shared
