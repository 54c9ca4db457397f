"""Reading what changed: each message that is new or was read, once, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, text, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.notify.changes.domain.cursor import Cursor, Place
from services.notify.changes.domain.snapshot import Snapshot
from services.notify.messages.queries import is_entry
from services.notify.messages.tables import Message
from shared.database import after_commit, database_of

BELL = "inbox"
SNAPSHOT = text("SELECT CAST(pg_current_snapshot() AS text)")


@dataclass(frozen=True)
class Changes:
    """`cursor` goes on after them; `more` says that there is something to go on to at once."""

    messages: Sequence[Message]
    cursor: Cursor
    more: bool = False

    def cursors(self, begun: Cursor) -> Iterator[Cursor]:
        """For each message the one that goes on after it, where they were read from `begun`."""
        until = self.cursor.until or self.cursor.since
        for message in self.messages[:-1]:
            yield Cursor(begun.since, until, place_of(message))
        yield self.cursor


def place_of(message: Message) -> Place:
    return message.changed_in, message.id


def announce(session: AsyncSession) -> None:
    """Once this transaction is durable, wake whoever shows inboxes as they change."""
    after_commit(session, partial(database_of(session).ring, BELL))


async def snapshot(session: AsyncSession) -> Snapshot:
    return Snapshot.parse((await session.execute(SNAPSHOT)).scalar_one())


async def changes(
    session: AsyncSession,
    recipients: Iterable[UUID],
    cursor: Cursor,
    limit: int,
    now: Snapshot | None = None,
) -> Changes:
    """Of these recipients, oldest first. A batch that was begun is finished before the next."""
    until = cursor.until or now or await snapshot(session)
    wanted = (
        select(Message)
        .where(col(Message.recipient_id).in_(list(recipients)))
        .where(is_entry(), _unseen_by(cursor.since), _seen_by(until))
        .order_by(col(Message.changed_in), col(Message.id))
        .limit(limit + 1)
    )
    if cursor.after is not None:
        place = tuple_(col(Message.changed_in), col(Message.id))
        wanted = wanted.where(place > tuple_(*cursor.after))
    rows = (await session.execute(wanted)).scalars().all()
    if len(rows) > limit:
        middle = Cursor(cursor.since, until, place_of(rows[limit - 1]))
        return Changes(rows[:limit], middle, more=True)
    if not rows and cursor.until is None:
        return Changes((), cursor)
    return Changes(rows, Cursor(until), more=cursor.until is not None)


def _seen_by(known: Snapshot) -> ColumnElement[bool]:
    changed = col(Message.changed_in)
    return or_(changed < known.low, and_(changed < known.high, changed.not_in(known.open)))


def _unseen_by(known: Snapshot) -> ColumnElement[bool]:
    changed = col(Message.changed_in)
    return and_(changed >= known.low, or_(changed >= known.high, changed.in_(known.open)))
