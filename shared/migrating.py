"""Alembic, run the same way for every service: own folder, own database, own version table."""

from __future__ import annotations

import asyncio
from pathlib import Path

from alembic import command, context
from alembic.config import Config
from sqlalchemy import Connection, MetaData, pool
from sqlalchemy.ext.asyncio import create_async_engine

LOCK_TIMEOUT = "5s"


def upgrade(folder: Path, url: str) -> None:
    """Bring the database at `url` to the newest revision in `folder`."""
    command.upgrade(_config(folder, url), "head")


def revise(folder: Path, url: str, message: str) -> None:
    """Write a new revision from the difference between the tables and the database."""
    command.revision(_config(folder, url), message, autogenerate=True)


def check(folder: Path, url: str) -> None:
    """Raises when the migrations do not lead to the tables as they are declared."""
    command.check(_config(folder, url))


def run_environment(metadata: MetaData) -> None:
    """The whole of a service's `migrations/env.py`."""
    url = context.config.get_main_option("sqlalchemy.url") or ""
    asyncio.run(_run(url, metadata))


def _config(folder: Path, url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder))
    address = url.replace("postgresql://", "postgresql+asyncpg://", 1)
    config.set_main_option("sqlalchemy.url", address.replace("%", "%%"))
    return config


async def _run(url: str, metadata: MetaData) -> None:
    settings = {"server_settings": {"lock_timeout": LOCK_TIMEOUT}}
    engine = create_async_engine(url, poolclass=pool.NullPool, connect_args=settings)
    async with engine.connect() as connection:
        await connection.run_sync(_migrate, metadata)
        await connection.commit()
    await engine.dispose()


def _migrate(connection: Connection, metadata: MetaData) -> None:
    context.configure(connection=connection, target_metadata=metadata, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()
