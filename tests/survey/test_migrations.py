"""The migrations lead to the tables as declared."""

from __future__ import annotations

import asyncio
from uuid import UUID

from sqlalchemy import text

from services.survey.app import service
from shared.database import Database
from shared.migrating import check, upgrade
from tests.migrated import migrate_to
from tests.servers import Databases
from tests.survey.conftest import migrate


async def test_migrations_and_tables_agree(postgres: Databases) -> None:
    url = await postgres.fresh_database(migrate)
    await asyncio.to_thread(check, service.migrations, url)


OLD = text("""
    INSERT INTO visit (id, version, state, complaint_id, complaint_number, case_id, case_number,
        category_name, estate_name, owner_id, rulebook, opened_at, answer_until, process_level,
        asks_to_reopen)
    VALUES (:id, 2, :state, :id, 'SQ-1', :id, :number, '轻微噪音', '演示', :id, 'x', now(), now(),
        :process, false)
""")
NEW = text("""
    SELECT state, division, for_centre, answered_through, unanswered_because, silence_told
    FROM visit ORDER BY id
""")


async def test_what_was_asked_before_is_known_as_far_as_it_can_be(postgres: Databases) -> None:
    """0003: the county from the case's number, how an answer came, and only the centre calls."""
    url = await postgres.fresh_database()
    await asyncio.to_thread(migrate_to, "0002", service.migrations, url)
    database = Database(url)
    before = [("ANSWERED", 4), ("ANSWERED", None), ("CALLING", None), ("UNANSWERED", None)]
    async with database.transaction() as session:
        for number, (state, process) in enumerate(before, start=1):
            row = {"id": UUID(int=number), "state": state, "process": process}
            await session.execute(OLD, row | {"number": f"XN421202-20260302-0000{number}"})
    await asyncio.to_thread(upgrade, service.migrations, url)
    async with database.transaction() as session:
        rows = [tuple(row) for row in await session.execute(NEW)]
    await database.engine.dispose()
    assert rows == [
        ("ANSWERED", "421202", True, "OWNER", None, False),
        ("ANSWERED", "421202", True, "INTAKE", None, False),
        ("CALLING", "421202", True, None, None, False),
        ("UNANSWERED", "421202", True, None, "TIME", True),
    ]
