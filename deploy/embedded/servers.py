"""A PostgreSQL server that somebody else runs: nothing is started, only databases are made."""

from __future__ import annotations

import re

import asyncpg

from deploy.embedded.failures import NotOurs

NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
MARK = "liuduan embedded"  # the comment on a database that the embedded mode may fill

MARK_OF_THIS = """
    SELECT shobj_description(oid, 'pg_database') FROM pg_database
    WHERE datname = current_database()
"""
HOLDS_TABLES = """
    SELECT EXISTS (
        SELECT FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
    )
"""


class PostgresServer:
    """`address` is `postgresql://user:password@host:port`, with no database in it."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")

    def start(self) -> None:
        """Nothing to start: the server is run elsewhere."""

    def stop(self) -> None:
        """Nothing to stop."""

    def revive(self) -> None:
        """Nothing to start again."""

    def url(self, database: str) -> str:
        """The address of one database, as `shared.database.Database` takes it."""
        return f"{self.address}/{_checked(database)}"

    async def create_database(self, name: str, template: str = "template0") -> None:
        """Make the database if it is not there; as a copy of `template`, which nobody may use."""
        try:
            await self._administer(
                f"CREATE DATABASE {_checked(name)} TEMPLATE {_checked(template)}"
            )
        except asyncpg.DuplicateDatabaseError:
            return

    async def claim_database(self, name: str) -> None:
        """Make the database if it is not there. Raises NotOurs for one that holds other data."""
        await self.create_database(name)
        connection = await asyncpg.connect(self.url(name))
        try:
            if await connection.fetchval(MARK_OF_THIS) == MARK:
                return
            if await connection.fetchval(HOLDS_TABLES):
                raise NotOurs(name)
            await connection.execute(f"COMMENT ON DATABASE {name} IS '{MARK}'")
        finally:
            await connection.close()

    async def drop_database(self, name: str) -> None:
        """Remove the database and end whoever is still connected to it."""
        await self._administer(f"DROP DATABASE IF EXISTS {_checked(name)} WITH (FORCE)")

    async def _administer(self, statement: str) -> None:
        connection = await asyncpg.connect(self.url("postgres"))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


def _checked(name: str) -> str:
    if not NAME.fullmatch(name):
        raise ValueError(f"not a database name: {name}")
    return name
