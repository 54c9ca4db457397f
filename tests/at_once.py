"""Two workers at once, in the order that a test wants and without waiting for any clock."""

from __future__ import annotations

from asyncio import Task

from sqlalchemy import text

from tests.stage import Stage

WAITING = text("""
    SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
    WHERE datname = current_database() AND NOT granted
""")


async def waits_or_is_done(stage: Stage, task: Task[None]) -> None:
    """Until the task waits for a lock of the database, or has got by without one."""
    while not task.done():
        async with stage.host.runtime.database.transaction() as session:
            if (await session.execute(WAITING)).scalar_one():
                return
