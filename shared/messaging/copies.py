"""Copies of other services' aggregates: keep the newest version, in whatever order they arrive."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Set
from functools import cache
from typing import Any

from sqlalchemy import Table, TextClause, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel


async def keep_newest(
    session: AsyncSession,
    copy: type[SQLModel],
    rows: Iterable[Mapping[str, Any]],
    *,
    besides: Set[str] = frozenset(),
) -> None:
    """Insert or replace rows of `copy`, whose columns include `id` and `version`.

    Values are JSON values. Columns `besides` are somebody else's: they begin with the default of
    the database and are left alone. Rows are written in the order of their ids, so that two
    consumers cannot block each other.
    """
    newest: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        known = newest.get(row["id"])
        if known is None or known["version"] < row["version"]:
            newest[row["id"]] = row
    if newest:
        ordered = [newest[key] for key in sorted(newest)]
        await session.execute(
            _upsert(copy, frozenset(besides)), {"rows": json.dumps(ordered, default=str)}
        )


@cache
def _upsert(copy: type[SQLModel], besides: frozenset[str]) -> TextClause:
    table: Table = copy.__table__  # type: ignore[attr-defined]
    names = [column.name for column in table.columns if column.name not in besides]
    changes = ", ".join(f"{name} = EXCLUDED.{name}" for name in names if name != "id")
    columns = ", ".join(names)
    return text(f"""
        INSERT INTO {table.name} ({columns})
        SELECT {columns}
        FROM jsonb_populate_recordset(NULL::{table.name}, CAST(:rows AS jsonb))
        ON CONFLICT (id) DO UPDATE SET {changes}
        WHERE {table.name}.version < EXCLUDED.version
    """)
