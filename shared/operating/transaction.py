"""One deed of an operator on the database of one service."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from shared.database import Database
from shared.settings import Settings

T = TypeVar("T")


def in_transaction(settings: Settings, work: Callable[[AsyncSession], Awaitable[T]]) -> T:
    """Run `work` in one transaction. Raises SettingMissing when no database is named."""
    return asyncio.run(_run(settings.database_url, work))


async def _run(url: str, work: Callable[[AsyncSession], Awaitable[T]]) -> T:
    database = Database(url, application="liuduan-operator")
    try:
        async with database.transaction() as session:
            return await work(session)
    finally:
        await database.dispose()
