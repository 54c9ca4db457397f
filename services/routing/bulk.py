"""Rows of several tables with one statement: what makes filing a complaint cheap."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel

Row = Mapping[str, Any]


async def insert_rows(session: AsyncSession, rows: Mapping[str, Sequence[Row]]) -> None:
    """Insert `rows`, by table. All rows of a table have the same columns, as JSON values.

    Foreign keys among them may point either way. A row that breaks a unique constraint fails all.
    """
    filled = {table: list(each) for table, each in rows.items() if each}
    if not filled:
        return
    shape = tuple((table, tuple(each[0])) for table, each in sorted(filled.items()))
    values = {table: json.dumps(each, default=str) for table, each in filled.items()}
    await session.execute(_statement(shape), values)


def together(*parts: Mapping[str, Sequence[Row]]) -> Mapping[str, Sequence[Row]]:
    """The rows of all parts, by table."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for part in parts:
        for table, each in part.items():
            rows[table] += each
    return rows


def row_of(model: SQLModel) -> Row:
    """The columns of a table object that is not to pass through the unit of work."""
    return {name: getattr(model, name) for name in type(model).model_fields}


@cache
def _statement(shape: tuple[tuple[str, tuple[str, ...]], ...]) -> TextClause:
    parts = [
        f"""written_{table} AS (
            INSERT INTO {table} ({_names(columns)})
            SELECT {_names(columns)}
              FROM jsonb_populate_recordset(NULL::{table}, CAST(:{table} AS jsonb)))"""
        for table, columns in shape
    ]
    return text(f"WITH {', '.join(parts)} SELECT 1")


def _names(columns: Sequence[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
