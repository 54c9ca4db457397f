"""The migrations lead to the tables as they are declared."""

from __future__ import annotations

import asyncio

from services.routing.app import service
from shared.migrating import check, upgrade
from tests.servers import Databases


async def test_nothing_is_missing_from_the_migrations(postgres: Databases) -> None:
    url = await postgres.fresh_database()
    await asyncio.to_thread(upgrade, service.migrations, url)
    await asyncio.to_thread(check, service.migrations, url)
