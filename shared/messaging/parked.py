"""Messages that could not be handled: kept with their error until a person decides."""

from __future__ import annotations

import hashlib
import traceback
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.errors import Conflict, NotFound
from shared.ids import new_id

INSERT = text("""
    INSERT INTO parked_message
           (id, event_id, handler, type, publisher, body, error, stack_hash, attempts)
    VALUES (:id, :event_id, :handler, :type, :publisher, :body, :error, :stack_hash, :attempts)
""")
MARK_INBOX = text("""
    UPDATE inbox SET parked_at = clock_timestamp()
    WHERE event_id = :event_id AND handler = :handler AND handled_at IS NULL
    RETURNING event_id
""")
LIST = text("""
    SELECT id, event_id, handler, type, publisher, error, stack_hash, attempts, parked_at
    FROM parked_message WHERE resolution IS NULL ORDER BY parked_at, id
""")
SHOW = text("SELECT * FROM parked_message WHERE id = :id")
RESOLVE = text("""
    UPDATE parked_message SET resolution = :resolution, resolved_at = clock_timestamp()
    WHERE id = :id AND resolution IS NOT DISTINCT FROM :before
""")
FORGET_INBOX = text("""
    DELETE FROM inbox
    WHERE event_id = :event_id AND handler = :handler AND handled_at IS NULL
""")
REPLAYS = text("""
    SELECT id, body FROM parked_message WHERE resolution = 'REPLAY' ORDER BY parked_at LIMIT 50
""")


class ParkedMessageNotFound(NotFound):
    """There is no parked message with this id."""

    code = "PARKED_MESSAGE_NOT_FOUND"
    chinese = "没有这条搁置的消息。"


class ParkedMessageResolved(Conflict):
    """This parked message was replayed or discarded before."""

    code = "PARKED_MESSAGE_RESOLVED"
    chinese = "这条搁置的消息已经处理过。"


@dataclass(frozen=True)
class Parking:
    """`event_id` is absent when the body could not be read at all."""

    event_id: UUID | None
    handler: str
    type: str
    publisher: str
    body: str
    attempts: int


@dataclass(frozen=True)
class ParkedMessage:
    id: UUID
    event_id: UUID | None
    handler: str
    type: str
    publisher: str
    error: str
    stack_hash: str
    attempts: int
    parked_at: datetime


async def park(session: AsyncSession, parking: Parking, failure: BaseException) -> None:
    """Put the message aside, unless somebody has handled it in the meantime."""
    if parking.event_id is not None and parking.handler:
        key = {"event_id": parking.event_id, "handler": parking.handler}
        if (await session.execute(MARK_INBOX, key)).first() is None:
            return
    values = vars(parking) | {
        "id": new_id(),
        "error": describe(failure),
        "stack_hash": stack_hash(failure),
        "body": parking.body.replace("\x00", "\N{REPLACEMENT CHARACTER}"),
    }
    await session.execute(INSERT, values)


async def list_parked(session: AsyncSession) -> list[ParkedMessage]:
    rows = await session.execute(LIST)
    return [ParkedMessage(**row._mapping) for row in rows]


async def show_parked(session: AsyncSession, parked_id: UUID) -> dict[str, object]:
    row = (await session.execute(SHOW, {"id": parked_id})).one_or_none()
    if row is None:
        raise ParkedMessageNotFound
    return dict(row._mapping)


async def ask_for_replay(session: AsyncSession, parked_id: UUID) -> None:
    """The service's worker hands the message to its handler again, from attempt one."""
    row = await show_parked(session, parked_id)
    await _resolve(session, parked_id, "REPLAY")
    await session.execute(FORGET_INBOX, {"event_id": row["event_id"], "handler": row["handler"]})


async def discard(session: AsyncSession, parked_id: UUID) -> None:
    await show_parked(session, parked_id)
    await _resolve(session, parked_id, "DISCARDED")


async def replays(session: AsyncSession) -> list[tuple[UUID, bytes]]:
    """The messages somebody asked for and that were not handled since."""
    return [(row.id, row.body.encode()) for row in await session.execute(REPLAYS)]


async def replayed(session: AsyncSession, parked_id: UUID) -> None:
    values = {"id": parked_id, "resolution": "REPLAYED", "before": "REPLAY"}
    await session.execute(RESOLVE, values)


async def _resolve(session: AsyncSession, parked_id: UUID, resolution: str) -> None:
    values = {"id": parked_id, "resolution": resolution, "before": None}
    changed = await session.execute(RESOLVE, values)
    if changed.rowcount == 0:  # type: ignore[attr-defined]
        raise ParkedMessageResolved


def describe(failure: BaseException) -> str:
    """The error's class and, for our own errors, its code: never its text, which may quote data."""
    code = getattr(failure, "code", None)
    return f"{type(failure).__name__}:{code}" if code else type(failure).__name__


def stack_hash(failure: BaseException) -> str:
    """Equal for failures of the same kind at the same place, so that they can be counted."""
    frames = traceback.extract_tb(failure.__traceback__)
    places = [f"{frame.filename}:{frame.name}:{frame.lineno}" for frame in frames]
    text_of_stack = "|".join([type(failure).__name__, *places])
    return hashlib.sha256(text_of_stack.encode()).hexdigest()[:16]
