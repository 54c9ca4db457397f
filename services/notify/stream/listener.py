"""One open stream: a short queue between the hub and the network."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterable, Sequence
from uuid import UUID

from fastapi.sse import ServerSentEvent

from services.notify.changes.domain.cursor import Cursor
from services.notify.changes.domain.snapshot import Snapshot
from services.notify.changes.reading import place_of
from services.notify.inbox.schemas import Unread
from services.notify.messages.tables import Message
from services.notify.stream.events import End, change, end, resync, unread

Told = tuple[Message, str, str]  # with the name of its event and its data


class Listener:
    """Hears of its `inboxes` until it is ended; never more than `backlog` events wait for it."""

    def __init__(self, token: str, inboxes: tuple[UUID, ...], person: UUID, backlog: int) -> None:
        self.token = token
        self.inboxes = inboxes
        self.person = person
        self._backlog = backlog
        self._waiting: deque[ServerSentEvent] = deque()
        self._wake = asyncio.Event()
        self._seen: Snapshot | None = None
        self._early: list[tuple[Sequence[Told], Snapshot]] = []
        self._unread: Unread | None = None
        self._unread_told: Unread | None = None
        self._ended = False

    def begin(self, missed: Iterable[ServerSentEvent], seen: Snapshot, counts: Unread) -> None:
        """First what it `missed`; what the hub brought meanwhile, and `seen` does not see, after
        that.
        """
        self._seen = seen
        self._waiting.extend(missed)
        early, self._early = self._early, []
        for told, until in early:
            self.bring(told, until)
        self.count(self._unread or counts)

    def bring(self, told: Sequence[Told], until: Snapshot) -> bool:
        """What changed, in its order, as far as it is new here; says whether anything was."""
        if self._seen is None:
            self._early.append((told, until))
            return True
        since = self._seen
        fresh = [each for each in told if not since.sees(each[0].changed_in)]
        if not fresh:
            return False
        if len(self._waiting) + len(fresh) > self._backlog:
            self.lose_track(until)
            return True
        self._seen = until
        for message, name, data in fresh[:-1]:
            self._put(change(name, data, Cursor(since, until, place_of(message))))
        self._put(change(*fresh[-1][1:], Cursor(until)))
        return True

    def lose_track(self, seen: Snapshot) -> None:
        """One event stands for all that waited and all that is not told."""
        self._seen = seen
        self._waiting.clear()
        self._put(resync(Cursor(seen)))

    def count(self, counts: Unread) -> None:
        """Told after what waits, and only where it differs from what was told last."""
        self._unread = counts
        self._wake.set()

    def end(self, reason: End) -> None:
        """What waits is still sent."""
        if not self._ended:
            self._put(end(reason))
            self._ended = True

    async def events(self) -> AsyncIterator[ServerSentEvent]:
        while True:
            while event := self._next():
                yield event
            if self._ended:
                return
            self._wake.clear()
            await self._wake.wait()

    def _next(self) -> ServerSentEvent | None:
        """The first count comes with a place from which the stream can be taken up again."""
        if self._waiting:
            return self._waiting.popleft()
        if self._seen is None or self._unread is None or self._unread == self._unread_told:
            return None
        first, self._unread_told = self._unread_told is None, self._unread
        return unread(self._unread, Cursor(self._seen) if first else None)

    def _put(self, event: ServerSentEvent) -> None:
        self._waiting.append(event)
        self._wake.set()
