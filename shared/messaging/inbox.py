"""Who has handled what: the rows that make a redelivered event harmless.

Attempts are counted and committed before the handler runs, so that a handler that ends the
process is counted as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import asyncpg
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

Key = tuple[UUID, str]

KEYS = "unnest(CAST(:ids AS uuid[]), CAST(:handlers AS text[])) AS key (event_id, handler)"

ARRIVE = """
    INSERT INTO inbox (event_id, handler)
    SELECT event_id, handler FROM unnest($1::uuid[], $2::text[]) AS key (event_id, handler)
    ORDER BY event_id, handler
    ON CONFLICT DO NOTHING RETURNING event_id, handler
"""

OPEN = text(f"""
    SELECT event_id, handler, attempts,
           coalesce(extract(epoch FROM due_at - clock_timestamp()), 0)::float8 AS wait
    FROM inbox JOIN {KEYS} USING (event_id, handler)
    WHERE handled_at IS NULL AND parked_at IS NULL
""")

CLAIM = text(f"""
    UPDATE inbox SET handled_at = clock_timestamp() FROM {KEYS}
    WHERE inbox.event_id = key.event_id AND inbox.handler = key.handler
      AND inbox.handled_at IS NULL AND inbox.parked_at IS NULL
    RETURNING inbox.event_id, inbox.handler
""")

COUNT = text("""
    UPDATE inbox SET attempts = attempts + 1
    WHERE event_id = :event_id AND handler = :handler
""")

POSTPONE = text("""
    UPDATE inbox SET due_at = clock_timestamp() + make_interval(secs => :seconds)
    WHERE event_id = :event_id AND handler = :handler
""")


@dataclass(frozen=True)
class Standing:
    """What is known of a key that was tried before; `wait` is in seconds, due when not positive."""

    attempts: int
    wait: float


async def arrive(pool: asyncpg.Pool, keys: Sequence[Key]) -> set[Key]:
    """Note the first arrival of each key; returns those never seen before (attempt 1).

    A statement that is committed by itself: this stands in the way of every single event.
    """
    rows = await pool.fetch(ARRIVE, *_parameters(keys).values())
    return {(row["event_id"], row["handler"]) for row in rows}


async def still_open(session: AsyncSession, keys: Sequence[Key]) -> dict[Key, Standing]:
    """Of the keys seen before, those neither handled nor parked."""
    rows = await session.execute(OPEN, _parameters(keys))
    return {(row.event_id, row.handler): Standing(row.attempts, row.wait) for row in rows}


async def claim(session: AsyncSession, keys: Sequence[Key]) -> set[Key]:
    """Mark the keys handled in this transaction; returns those that nobody handled before."""
    rows = await session.execute(CLAIM, _parameters(keys))
    return {(row.event_id, row.handler) for row in rows}


async def count_attempt(session: AsyncSession, key: Key) -> None:
    await session.execute(COUNT, {"event_id": key[0], "handler": key[1]})


async def postpone(session: AsyncSession, key: Key, seconds: float) -> None:
    """Not before `seconds` have passed, whichever copy of the message comes first."""
    values = {"event_id": key[0], "handler": key[1], "seconds": seconds}
    await session.execute(POSTPONE, values)


def _parameters(keys: Sequence[Key]) -> dict[str, list[object]]:
    ordered = sorted(keys)
    return {"ids": [key[0] for key in ordered], "handlers": [key[1] for key in ordered]}
