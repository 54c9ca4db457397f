"""The migrations lead to the tables as declared."""

from __future__ import annotations

import asyncio

from services.survey.app import service
from shared.migrating import check
from tests.servers import Databases
from tests.survey.conftest import migrate


async def test_migrations_and_tables_agree(postgres: Databases) -> None:
    url = await postgres.fresh_database(migrate)
    await asyncio.to_thread(check, service.migrations, url)
