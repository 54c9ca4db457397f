"""Survey on a stage."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from services.survey.app import service
from shared.migrating import upgrade
from tests.servers import Databases
from tests.stage import Stage, staged


async def migrate(url: str) -> None:
    await asyncio.to_thread(upgrade, service.migrations, url)


@pytest.fixture
async def stage(postgres: Databases) -> AsyncIterator[Stage]:
    async with staged(service, await postgres.fresh_database(migrate)) as stage:
        yield stage
