"""A database that was killed: an honest error while it is away, and none once it is back."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from bench.world import private_folder
from deploy.embedded.postgres import EmbeddedPostgres
from shared.database import Database, database_is_away

pytestmark = pytest.mark.crash

AT_ONCE = 8


@pytest.fixture
def server() -> Iterator[EmbeddedPostgres]:
    with private_folder() as folder:
        server = EmbeddedPostgres(folder)
        server.start()
        yield server
        server.stop()


async def test_connections_of_before_are_not_handed_out(server: EmbeddedPostgres) -> None:
    """T3: every pooled connection is dead, and none of them costs a request."""
    await server.create_database("away")
    database = Database(server.url("away"))
    assert await asyncio.gather(*(one(database) for _ in range(AT_ONCE))) == [1] * AT_ONCE
    os.kill(server.pid, signal.SIGKILL)
    with pytest.raises(Exception) as failure:  # noqa: PT011 - the driver's own, of several kinds
        await until_refused(database)
    assert database_is_away(failure.value)
    await asyncio.to_thread(wait_for_end, server.pid)
    server.revive()
    assert await asyncio.gather(*(one(database) for _ in range(AT_ONCE))) == [1] * AT_ONCE
    await database.dispose()


async def one(database: Database) -> int:
    async with database.transaction() as session:
        return int((await session.execute(text("SELECT 1"))).scalar_one())


async def until_refused(database: Database) -> None:
    while True:
        await one(database)


def wait_for_end(pid: int) -> None:
    """The server is our child: only its parent's look makes it disappear."""
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
