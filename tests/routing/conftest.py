"""The whole routing service on a stage, with the demo world in it; copied from one template."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from services.routing.app import service
from shared.migrating import upgrade
from tests.routing.drama import Drama
from tests.servers import Databases
from tests.stage import staged


async def prepared(url: str) -> None:
    await asyncio.to_thread(upgrade, service.migrations, url)
    async with staged(service, url) as stage:
        await service.seed(stage.host.runtime)


@pytest.fixture
async def drama(postgres: Databases) -> AsyncIterator[Drama]:
    async with staged(service, await postgres.fresh_database(prepared)) as stage:
        yield Drama(stage)
