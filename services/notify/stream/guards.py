"""Opening a stream for whoever may have one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Header

from services.notify.changes.domain.cursor import LONGEST
from services.notify.stream.hub import Hub
from services.notify.stream.listener import Listener
from shared.web.dependencies import BearerToken, CurrentActor, CurrentRuntime

LastEventId = Annotated[str | None, Header(max_length=LONGEST)]


async def open_listener(
    actor: CurrentActor,
    bearer: BearerToken,
    runtime: CurrentRuntime,
    last_event_id: LastEventId = None,
) -> AsyncIterator[Listener]:
    """Open until the answer has ended. Raises TooManyStreams."""
    token = bearer.credentials if bearer else ""
    async with runtime.part(Hub).listening(actor, token, last_event_id) as listener:
        yield listener


OpenListener = Annotated[Listener, Depends(open_listener)]
