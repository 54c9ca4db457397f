"""The databases a command works on: those the environment names, else the embedded ones."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from deploy.embedded.failures import AlreadyRunning
from deploy.embedded.postgres import EmbeddedPostgres, chosen_postgres
from deploy.embedded.servers import PostgresServer
from deploy.embedded.serving import embedded_environment
from deploy.embedded.state import state_folder
from deploy.embedded.system import DEFINITIONS
from shared import migrating
from shared.database import Database
from shared.settings import Settings, from_environment

T = TypeVar("T")

Work = Callable[[Mapping[str, str]], Awaitable[T]]


def in_world(work: Work[T]) -> T:
    """Run `work` with the environment of the services; starts the embedded database if it rests."""

    async def run(postgres: PostgresServer) -> T:
        return await work(await embedded_environment(postgres, state_folder()))

    with _reachable(chosen_postgres(state_folder())) as postgres:
        return asyncio.run(run(postgres))


@contextmanager
def _reachable(postgres: PostgresServer) -> Iterator[PostgresServer]:
    try:
        postgres.start()
    except AlreadyRunning:
        assert isinstance(postgres, EmbeddedPostgres)
        postgres.attach()
        yield postgres
        return
    try:
        yield postgres
    finally:
        postgres.stop()


def in_transaction(service: str, work: Callable[[AsyncSession, Settings], Awaitable[T]]) -> T:
    """Run `work` in one transaction on the database of `service`."""

    async def run(environment: Mapping[str, str]) -> T:
        settings = from_environment(service, environment)
        database = Database(settings.database_url)
        try:
            async with database.transaction() as session:
                return await work(session, settings)
        finally:
            await database.dispose()

    return in_world(run)


def migrated() -> list[str]:
    """Brings every database to its newest revision; returns the services."""

    async def run(environment: Mapping[str, str]) -> list[str]:
        for definition in DEFINITIONS:
            url = from_environment(definition.name, environment).database_url
            await asyncio.to_thread(migrating.upgrade, definition.migrations, url)
        return [definition.name for definition in DEFINITIONS]

    return in_world(run)


def revised(service: str, message: str) -> None:
    """Writes the next revision of one service."""
    definition = next(each for each in DEFINITIONS if each.name == service)

    async def run(environment: Mapping[str, str]) -> None:
        url = from_environment(service, environment).database_url
        await asyncio.to_thread(migrating.upgrade, definition.migrations, url)
        await asyncio.to_thread(migrating.revise, definition.migrations, url, message)

    in_world(run)
