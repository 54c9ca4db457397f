"""What nobody finished or attached is cleared away, and what has lost its row.

Rows go first, contents after: killed in between, the next round finds contents without a row. A
content is only ever written while its row is there, so what has none is nobody's.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import timedelta
from itertools import islice
from uuid import UUID

from sqlalchemy import text
from structlog import get_logger

from services.intake.attachments.commands.removing import forget_content
from services.intake.attachments.domain.lifecycle import AttachmentState
from services.intake.attachments.store import (
    CONTENT,
    PARTS,
    FileStore,
    FilesUnreachable,
    parts_of,
)
from shared.clock import BEIJING
from shared.database import database_is_away
from shared.runtime import Runtime

ROUND = 900.0  # seconds
BATCH = 500
TALLIES_KEPT = timedelta(days=2)

logger = get_logger(__name__)

REMOVE = text(f"""
    DELETE FROM attachment WHERE id IN (
        SELECT id FROM attachment
         WHERE complaint_id IS NULL
           AND started_at < CASE state
               WHEN '{AttachmentState.READY}' THEN CAST(:unattached AS timestamptz)
               ELSE CAST(:unfinished AS timestamptz) END
         ORDER BY started_at LIMIT :batch FOR UPDATE SKIP LOCKED)
       AND complaint_id IS NULL
    RETURNING id
""")
FORGET_TALLIES = text("DELETE FROM attachment_tally WHERE day < :day")
KNOWN = text("SELECT id, state FROM attachment WHERE id = ANY(:ids)")


async def clean(runtime: Runtime) -> None:
    """A duty of the worker: a round every quarter of an hour, until cancelled."""
    while True:
        try:
            with suppress(FilesUnreachable):
                await clean_once(runtime)
        except Exception as failure:  # house: edge — only an absent database is waited out
            if not database_is_away(failure):
                raise
        await asyncio.sleep(ROUND)


async def clean_once(runtime: Runtime) -> None:
    """Raises FilesUnreachable."""
    store = runtime.part(FileStore)
    while removed := await _remove_rows(runtime):
        logger.info("attachments_removed", count=len(removed))
    if not store.kept:
        return
    for root in (PARTS, CONTENT):
        for ids in _batches(await asyncio.to_thread(store.owners, root)):
            await _remove_contents(runtime, store, ids)


async def _remove_rows(runtime: Runtime) -> list[UUID]:
    now = runtime.clock.now()
    rules = runtime.rulebooks.in_force_at(now).files
    limits = {
        "unattached": now - rules.unattached_for,
        "unfinished": now - rules.unfinished_for,
        "batch": BATCH,
    }
    async with runtime.database.transaction() as session:
        await session.execute(
            FORGET_TALLIES, {"day": (now - TALLIES_KEPT).astimezone(BEIJING).date()}
        )
        return list((await session.execute(REMOVE, limits)).scalars())


async def _remove_contents(runtime: Runtime, store: FileStore, ids: list[UUID]) -> None:
    async with runtime.database.transaction() as session:
        found = await session.execute(KNOWN, {"ids": ids})
        states = {row.id: row.state for row in found}
    for attachment_id in ids:
        state = states.get(attachment_id)
        if state is None:
            await asyncio.to_thread(forget_content, store, attachment_id)
        elif state != AttachmentState.UPLOADING:
            await asyncio.to_thread(store.remove, parts_of(attachment_id))


def _batches(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    rest = iter(ids)
    while batch := list(islice(rest, BATCH)):
        yield batch
