"""What a stream that was cut off has missed, from the id of the last event it saw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi.sse import ServerSentEvent
from sqlalchemy.ext.asyncio import AsyncSession

from services.notify.changes.domain.cursor import Cursor
from services.notify.changes.domain.snapshot import Snapshot
from services.notify.changes.reading import changes, snapshot
from services.notify.stream.events import change, of_message, resync

Resumption = str | None  # the header `Last-Event-ID`, as it came


@dataclass(frozen=True)
class Missed:
    """The events, and up to where they tell everything."""

    events: Sequence[ServerSentEvent]
    seen: Snapshot


async def missed_since(
    session: AsyncSession, inboxes: Iterable[UUID], resume: Resumption, backlog: int
) -> Missed:
    """More than `backlog`, or an id that leads nowhere: one event that says to read anew."""
    now = await snapshot(session)
    if not resume:
        return Missed((), now)
    cursor = _read(resume)
    lost = Missed([resync(Cursor(now))], now)
    if cursor is None or cursor.is_ahead_of(now):
        return lost
    events: list[ServerSentEvent] = []
    while True:
        found = await changes(session, inboxes, cursor, backlog)
        for message, place in zip(found.messages, found.cursors(cursor), strict=False):
            events.append(change(*of_message(message), place))
        if len(events) > backlog or (found.more and len(found.messages) == backlog):
            return lost
        cursor = found.cursor
        if not found.more:
            return Missed(events, cursor.since)


def _read(resume: str) -> Cursor | None:
    try:
        return Cursor.parse(resume)
    except ValueError:
        return None
