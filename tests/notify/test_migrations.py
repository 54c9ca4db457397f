"""The migrations lead to the tables as declared."""

from __future__ import annotations

import asyncio

from services.notify.app import service
from shared.migrating import check
from tests.notify.conftest import migrate
from tests.servers import Databases


async def test_migrations_and_tables_agree(postgres: Databases) -> None:
    url = await postgres.fresh_database(migrate)
    await asyncio.to_thread(check, service.migrations, url)
