"""Databases at an older revision, with a row in every table."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from shared.database import Database

SAME = UUID(int=1)  # every id is this one, so that all rows belong together
VALUES = {
    "uuid": f"'{SAME}'",
    "integer": "1",
    "bigint": "1",
    "double precision": "0.5",
    "boolean": "false",
    "timestamp with time zone": "'2026-03-02 09:00+08'",
    "date": "'2026-03-02'",
    "interval": "'0'",
    "jsonb": "'[]'",
    "numeric": "1",
    "bytea": "''",
    "ARRAY": "'{}'",
}
WORDS = {"state": "'RUNNING'"}
COLUMNS = text("""
    SELECT table_name, column_name, data_type FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name <> 'alembic_version' AND is_nullable = 'NO'
      AND is_generated = 'NEVER' AND is_identity = 'NO'
    ORDER BY table_name, ordinal_position
""")


def migrate_to(revision: str, folder: Path, url: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(folder))
    config.set_main_option("sqlalchemy.url", url.replace("postgresql://", "postgresql+asyncpg://"))
    command.upgrade(config, revision)


async def filled(url: str) -> list[str]:
    """Writes a row into every table, whatever it refers to; returns the names of the tables."""
    database = Database(url)
    async with database.transaction() as session:
        columns: dict[str, dict[str, str]] = {}
        for table, column, kind in await session.execute(COLUMNS):
            value = VALUES.get(kind) or WORDS.get(column, "'x'")
            columns.setdefault(table, {})[column] = value
        await session.execute(text("SET LOCAL session_replication_role = replica"))
        for table, row in columns.items():
            names = ", ".join(f'"{name}"' for name in row)
            values = ", ".join(row.values())
            await session.execute(text(f'INSERT INTO "{table}" ({names}) VALUES ({values})'))
    await database.engine.dispose()
    return list(columns)
