"""The migrations lead to the tables as declared, and keep what accounts already were."""

from __future__ import annotations

import asyncio

from sqlalchemy import text

from services.routing.app import service
from shared.database import Database
from shared.migrating import check, upgrade
from tests.migrated import filled, migrate_to
from tests.servers import Databases


async def migrate(url: str) -> None:
    await asyncio.to_thread(upgrade, service.migrations, url)


async def before_roles_had_days(url: str) -> None:
    await asyncio.to_thread(migrate_to, "0009", service.migrations, url)


async def test_migrations_and_tables_agree(postgres: Databases) -> None:
    url = await postgres.fresh_database(migrate)
    await asyncio.to_thread(check, service.migrations, url)


async def test_the_chain_runs_on_tables_with_rows(postgres: Databases) -> None:
    """Every table of the first revision has a row, and still has it at the newest."""
    url = await postgres.fresh_database()
    await asyncio.to_thread(migrate_to, "0001", service.migrations, url)
    tables = await filled(url)
    await migrate(url)
    database = Database(url)
    async with database.transaction() as session:
        for table in tables:
            found = await session.execute(text(f'SELECT count(*) FROM "{table}"'))
            assert found.scalar_one() >= 1, table
        promise = await session.execute(text("SELECT next_due_at, clock_state FROM cases"))
        assert None not in promise.one()
    await database.engine.dispose()


async def test_roles_and_interests_become_records(postgres: Databases) -> None:
    """A13: who had a role or a stake before has it after; the own company is no record."""
    url = await postgres.fresh_database(before_roles_had_days)
    database = Database(url)
    company, person = "00000000-0000-7000-8000-00000000000a", "00000000-0000-7000-8000-00000000000b"
    home = "00000000-0000-7000-8000-00000000000c"
    async with database.transaction() as session:
        await session.execute(
            text("""
            INSERT INTO organisation (id, version, kind, specialty, level, division, display_name,
                                      active, demo)
            VALUES (:company, 1, 'COMPANY', 'COMPANY', 'COUNTY', '421202', '演示', true, true)"""),
            {"company": company},
        )
        await session.execute(
            text("""
            INSERT INTO staff (id, version, account, display_name, organisation_id, "end", roles,
                               divisions, estate_ids, interests, password_hash, totp_enabled,
                               active, demo)
            VALUES (:person, 1, 'a', '演示', :company, 'PROPERTY', '{SITE_OFFICE,GRID_WORKER}',
                    '{}', '{}', ARRAY[:company, :home]::uuid[], '', false, true, true)"""),
            {"person": person, "company": company, "home": home},
        )
    await migrate(url)
    async with database.transaction() as session:
        grants = await session.execute(text("SELECT role FROM role_grant ORDER BY role"))
        stakes = await session.execute(text("SELECT kind, subject_id::text FROM interest"))
        assert grants.scalars().all() == ["GRID_WORKER", "SITE_OFFICE"]
        assert [tuple(row) for row in stakes] == [("HOUSEHOLD", home)]
    await database.engine.dispose()
