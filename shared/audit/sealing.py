"""Sealing: committed entries get their numbers and their place in the chain."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.audit.chain import BEGINNING, CONTENT, entry_hash
from shared.database import Database

_ONE_SEALER = 0x6C64_6175_6469_74  # advisory lock "ldaudit"; each service has its own database


async def seal_all(database: Database, *, batch: int = 500) -> int:
    """Seals what is committed now, one transaction per batch; returns how many entries.

    Call it every second: the time between two calls is the window in which an entry that was just
    written is not protected yet.
    """
    total = 0
    while True:
        async with database.transaction() as session:
            sealed = await seal(session, batch)
        total += sealed
        if sealed < batch:
            return total


async def seal(session: AsyncSession, limit: int = 500) -> int:
    """Seals up to `limit` entries, oldest id first; 0 also when another process is sealing."""
    if not await session.scalar(
        text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": _ONE_SEALER}
    ):
        return 0
    sequence, previous = await _end_of_chain(session)
    waiting = (await session.execute(text(_UNSEALED), {"limit": limit})).all()
    if not waiting:
        return 0
    links: dict[str, list[Any]] = {"ids": [], "sequences": [], "prev_hashes": [], "hashes": []}
    for content in waiting:
        sequence += 1
        current = entry_hash(sequence, previous, content)
        for column, value in zip(
            links.values(), (content.id, sequence, previous, current), strict=True
        ):
            column.append(value)
        previous = current
    await session.execute(text(_SEAL), links)
    return len(waiting)


async def _end_of_chain(session: AsyncSession) -> tuple[int, bytes]:
    last = (await session.execute(text(_LAST))).one_or_none()
    return (last.sequence, last.hash) if last else (0, BEGINNING)


_LAST = """
    SELECT sequence, hash FROM audit_entry
     WHERE sequence IS NOT NULL ORDER BY sequence DESC LIMIT 1"""

_UNSEALED = f"SELECT {CONTENT} FROM audit_entry WHERE sequence IS NULL ORDER BY id LIMIT :limit"

_SEAL = """
    UPDATE audit_entry AS entry
       SET sequence = link.sequence, prev_hash = link.prev_hash, hash = link.hash
      FROM unnest(CAST(:ids AS uuid[]), CAST(:sequences AS bigint[]),
                  CAST(:prev_hashes AS bytea[]), CAST(:hashes AS bytea[]))
           AS link (id, sequence, prev_hash, hash)
     WHERE entry.id = link.id"""
