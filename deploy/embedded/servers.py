"""A PostgreSQL server that somebody else runs: nothing is started, only databases are made."""

from __future__ import annotations

import re

import asyncpg

NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")


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
