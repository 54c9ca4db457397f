"""A part of a transaction that is undone alone, with what the mechanisms gathered in it."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.database import Database, attempt, pending
from tests.servers import Databases


class _Stop(Exception):
    pass


async def _fail(session: AsyncSession) -> None:
    async with attempt(session):
        await session.execute(text("INSERT INTO kept VALUES (1)"))
        pending(session, "events").append("within")
        pending(session, "others").append("within")
        raise _Stop


async def test_only_the_attempt_is_undone(postgres: Databases) -> None:
    database = Database(await postgres.fresh_database())
    async with database.transaction() as session:
        await session.execute(text("CREATE TABLE kept (value int)"))
        pending(session, "events").append("before")
        with pytest.raises(_Stop):
            await _fail(session)
        async with attempt(session):
            await session.execute(text("INSERT INTO kept VALUES (2)"))
            pending(session, "events").append("after")
        assert pending(session, "events") == ["before", "after"]
        assert pending(session, "others") == []
    async with database.transaction() as session:
        assert (await session.execute(text("SELECT value FROM kept"))).scalars().all() == [2]
    await database.dispose()
