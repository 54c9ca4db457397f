"""One ear on the database for all streams of this process: reads once, wakes whom it concerns.

A stream holds no connection. While nobody listens nothing is read.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from structlog import get_logger

from services.notify.changes.domain.cursor import Cursor
from services.notify.changes.domain.snapshot import Snapshot
from services.notify.changes.reading import BELL, changes, snapshot
from services.notify.inbox.queries import inboxes_of, unread_by_inbox, unread_in
from services.notify.messages.tables import Message
from services.notify.stream.events import End, of_message
from services.notify.stream.listener import Listener, Told
from services.notify.stream.refusals import TooManyStreams
from services.notify.stream.resuming import Resumption, missed_since
from services.notify.waking import whenever_rung
from shared.errors import Unauthenticated, Unavailable
from shared.identity import Actor, SessionRevoked
from shared.runtime import Runtime

AT_ONCE = 5_000  # changes; beyond that everybody reads anew
LOOK_ROUND = 1.0  # seconds

logger = get_logger(__name__)


class Hub:
    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._database = runtime.database
        self._listeners: set[Listener] = set()
        self._by_inbox: dict[UUID, set[Listener]] = defaultdict(set)
        self._seen: Snapshot | None = None
        self._telling = asyncio.Lock()
        self._duties: list[asyncio.Task[None]] = []

    def __len__(self) -> int:
        """How many streams are open in this process."""
        return len(self._listeners)

    @asynccontextmanager
    async def listening(
        self, actor: Actor, token: str, resume: Resumption
    ) -> AsyncIterator[Listener]:
        """Raises TooManyStreams, and Unavailable while the process ends."""
        live = self._runtime.rulebooks.in_force_at(self._runtime.clock.now()).notices.live
        if self._runtime.draining:
            raise Unavailable
        if sum(each.person == actor.id for each in self._listeners) >= live.streams_per_person:
            raise TooManyStreams
        listener = Listener(token, inboxes_of(actor), actor.id, live.backlog)
        self._register(listener)
        try:
            await self._begin(listener, resume, live.backlog)
            yield listener
        finally:
            self._forget(listener)

    async def close(self) -> None:
        """End every stream and stop listening."""
        self._end_all()
        for duty in self._duties:
            duty.cancel()
        await asyncio.gather(*self._duties, return_exceptions=True)
        self._duties = []

    async def pump(self) -> int:
        """Tell everybody what has changed since the last time; returns for how many it was new."""
        async with self._telling:
            if self._listeners:
                return await self._told()
            self._seen = None
            return 0

    async def _told(self) -> int:
        async with self._database.transaction() as session:
            now = await snapshot(session)
            # after that look: whoever begins to listen later sees all of it by themselves
            inboxes, since = list(self._by_inbox), self._seen or now
            found = await changes(session, inboxes, Cursor(since), AT_ONCE, now)
            concerned = self._tell(found.messages, now, everybody=found.more)
            self._seen = now
            await self._count(session, concerned)
        return len(concerned)

    def _tell(
        self, messages: Sequence[Message], now: Snapshot, *, everybody: bool
    ) -> list[Listener]:
        """Returns those for whom something was new."""
        if everybody:
            for listener in self._listeners:
                listener.lose_track(now)
            return list(self._listeners)
        told: dict[Listener, list[Told]] = defaultdict(list)
        for message in messages:
            news = (message, *of_message(message))
            for listener in self._by_inbox.get(message.recipient_id, ()):
                told[listener].append(news)
        return [listener for listener, news in told.items() if listener.bring(news, now)]

    async def _count(self, session: AsyncSession, listeners: Sequence[Listener]) -> None:
        inboxes = {inbox for listener in listeners for inbox in listener.inboxes}
        if not inboxes:
            return
        counts = await unread_by_inbox(session, inboxes)
        for listener in listeners:
            listener.count(unread_in(counts, listener.inboxes))

    async def _begin(self, listener: Listener, resume: Resumption, backlog: int) -> None:
        """It is registered and the hub has begun: from our own look on, nothing is lost."""
        async with self._database.transaction() as session:
            if self._seen is None:
                first = await snapshot(session)
                self._seen = self._seen or first  # another may have begun meanwhile, earlier
            missed = await missed_since(session, listener.inboxes, resume, backlog)
            counts = unread_in(await unread_by_inbox(session, listener.inboxes), listener.inboxes)
        listener.begin(missed.events, missed.seen, counts)

    def _register(self, listener: Listener) -> None:
        self._listeners.add(listener)
        for inbox in listener.inboxes:
            self._by_inbox[inbox].add(listener)
        if not self._duties:
            duties = (self._follow, self._look_round)
            self._duties = [asyncio.create_task(_kept(duty)) for duty in duties]

    def _forget(self, listener: Listener) -> None:
        self._listeners.discard(listener)
        for inbox in listener.inboxes:
            self._by_inbox[inbox].discard(listener)
            if not self._by_inbox[inbox]:
                del self._by_inbox[inbox]

    async def _follow(self) -> None:
        await whenever_rung(self._database, BELL, self.pump)

    async def _look_round(self) -> None:
        """End what may go on no longer."""
        while True:
            await asyncio.sleep(LOOK_ROUND)
            self.look_round()

    def look_round(self) -> None:
        if self._runtime.draining:
            self._end_all()
        for listener in list(self._listeners):
            try:
                self._runtime.tokens.verify(listener.token)
            except SessionRevoked:
                listener.end(End.SESSION_REVOKED)
            except Unauthenticated:
                listener.end(End.TOKEN_EXPIRED)

    def _end_all(self) -> None:
        for listener in self._listeners:
            listener.end(End.SHUTTING_DOWN)


async def _kept(duty: Callable[[], Awaitable[None]]) -> None:
    """Streams stay open while the database is away; what changed meanwhile is told afterwards."""
    while True:
        try:
            await duty()
        except Exception as failure:  # house: edge — whatever it was, the streams are told later
            logger.warning("hub_goes_on", error=type(failure).__name__)
        await asyncio.sleep(LOOK_ROUND)
