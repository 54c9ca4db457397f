"""The directory on a stage, with the demo world in it; copied from one seeded template."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from services.routing.app import service
from shared.migrating import upgrade
from tests.routing.conftest import prepared
from tests.servers import Databases
from tests.stage import Stage, staged


async def empty(url: str) -> None:
    await asyncio.to_thread(upgrade, service.migrations, url)


@pytest.fixture
async def stage(postgres: Databases) -> AsyncIterator[Stage]:
    async with staged(service, await postgres.fresh_database(prepared)) as stage:
        yield stage


@pytest.fixture(scope="module")
async def untouched(postgres: Databases) -> AsyncIterator[Stage]:
    """One stage that many tests look at, or are refused on, and none changes."""
    async with staged(service, await postgres.fresh_database(prepared)) as stage:
        yield stage
