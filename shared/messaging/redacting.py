"""Taking what is personal out of messages that are kept: sent ones, and those put aside.

A message keeps its id and stays as valid as it was; only what it says of a person changes. A sent
message may be sent again, and one that was put aside may be replayed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

Change = Callable[[dict[str, Any]], None]

TABLES = ("outbox", "parked_message")


async def redact(session: AsyncSession, subjects: Iterable[UUID], change: Change) -> None:
    """`change` gets the data of every message about one of `subjects`, and alters it where it must.

    Each table is read once, however many subjects there are.
    """
    about = [f'%"subject":"{subject}"%' for subject in sorted(subjects)]
    for table in TABLES:
        rows = await session.execute(
            text(
                f"SELECT id, body FROM {table} WHERE body LIKE ANY(CAST(:about AS text[]))"
                " ORDER BY id FOR UPDATE"
            ),
            {"about": about},
        )
        for row in rows.all():
            body = json.loads(row.body)
            change(body["data"])
            await session.execute(
                text(f"UPDATE {table} SET body = :body WHERE id = :id"),
                {"id": row.id, "body": json.dumps(body, ensure_ascii=False, separators=(",", ":"))},
            )
