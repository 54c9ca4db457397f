"""The directory alone on a stage, with the demo world in it; copied from one seeded template."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import create_async_engine

from services.routing.directory import handlers
from services.routing.directory.api import routers
from services.routing.directory.sessions.tools import put_tools
from services.routing.seeds import seed
from services.routing.subscriptions import subscriptions
from services.routing.tables import Table
from shared.definition import Definition
from shared.runtime import Runtime
from tests.servers import Databases
from tests.stage import Stage, staged

assert handlers


async def compose(runtime: Runtime) -> None:
    put_tools(runtime)


async def release(_: Runtime) -> None:
    return None


DIRECTORY = Definition(
    name="routing",
    title="Directory",
    metadata=Table.metadata,
    migrations=Path(),
    routers=routers,
    subscriptions=subscriptions,
    compose=compose,
    release=release,
    seed=seed,
)


async def empty(url: str) -> None:
    engine = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://", 1))
    async with engine.begin() as connection:
        await connection.run_sync(Table.metadata.create_all)
    await engine.dispose()


async def seeded(url: str) -> None:
    await empty(url)
    async with staged(DIRECTORY, url) as stage:
        await seed(stage.host.runtime)


@pytest.fixture
async def stage(postgres: Databases) -> AsyncIterator[Stage]:
    async with staged(DIRECTORY, await postgres.fresh_database(seeded)) as stage:
        yield stage


@pytest.fixture(scope="module")
async def untouched(postgres: Databases) -> AsyncIterator[Stage]:
    """One stage that many tests look at, or are refused on, and none changes."""
    async with staged(DIRECTORY, await postgres.fresh_database(seeded)) as stage:
        yield stage
