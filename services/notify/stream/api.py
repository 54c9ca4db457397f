"""The live stream of the own inbox."""

from __future__ import annotations

from collections.abc import AsyncIterator

from fastapi import APIRouter
from fastapi.sse import EventSourceResponse, ServerSentEvent

from services.notify.stream.guards import OpenListener

router = APIRouter(tags=["stream"])


@router.get("/stream", response_class=EventSourceResponse)
async def stream(listener: OpenListener) -> AsyncIterator[ServerSentEvent]:
    """`message`, `reading` and `unread` as they happen; taken up again by `Last-Event-ID`."""
    async for event in listener.events():
        yield event
