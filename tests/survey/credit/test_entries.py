"""The file takes entries of every source, once each, and nobody changes them (E06, E28, CK-16)."""

from __future__ import annotations

import asyncio
from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.survey.app import service
from services.survey.credit.domain.sources import EntrySource
from shared.contracts.routing import RectificationOverdue, RectificationState
from shared.database import Database
from shared.migrating import upgrade
from tests.migrated import migrate_to
from tests.samples import COMPANY, ESTATE, named, owner
from tests.servers import Databases
from tests.stage import Stage
from tests.survey.credit.ledger import (
    BUREAU,
    COMPANY_DESK,
    OTHER_BUREAU,
    OTHER_COMPANY,
    SECOND,
    Ledger,
    with_stake,
)
from tests.survey.surveys.pollster import STREET, STREET_CODE

DUE = datetime.fromisoformat("2026-07-01T00:00:00+08:00")  # 24:00 of 30 June


def overdue(version: int = 3, estate_id: UUID = ESTATE) -> RectificationOverdue:
    state = RectificationState(
        id=named("rectification"),
        version=version,
        company_id=COMPANY,
        estate_id=estate_id,
        division=STREET_CODE,
        cause="LOW_SCORE",
        stage="OPEN",
        talk_held_at=datetime.fromisoformat("2026-05-31T10:00:00+08:00"),
        due_at=DUE,
        overdue=True,
    )
    return RectificationOverdue(rectification=state)


async def test_an_entry_says_from_where_with_which_effect_and_until_when(stage: Stage) -> None:
    """E28: source, date, effect, expiry, appeal; a quarterly rating informs the renewal (E11)."""
    ledger = await Ledger(stage).founded()
    await ledger.enters("81.25", source=EntrySource.QUARTERLY_RATING, period="2025-Q4")
    await ledger.enters("82.00")
    composite, rating = await ledger.list("/credit-entries")
    assert (rating["source"], rating["effect"]) == ("QUARTERLY_RATING", "RENEWAL")
    assert (composite["source"], composite["effect"]) == ("COMPOSITE", "GRADE")
    assert rating["expires_at"] == "2029-03-02T09:00:00+08:00"
    assert rating["appeal_until"] == "2026-04-02T00:00:00+08:00"
    assert (rating["standing"], rating["standing_chinese"]) == ("VALID", "有效")


async def test_an_entry_is_there_once(stage: Stage) -> None:
    """E28: entered again it is the same one; another estate has its own."""
    ledger = await Ledger(stage).founded()
    result = named("result")
    first = await ledger.enters("82.00", source_id=result)
    assert await ledger.enters("82.00", source_id=result) == first
    assert await ledger.enters("82.00", source_id=result, estate_id=SECOND) != first
    assert await stage.count("credit_entry") == 2


async def test_a_rectification_that_ran_out_is_a_mark(stage: Stage) -> None:
    """CK-16, E28: told again, entered once, without a score, dated by its deadline."""
    ledger = await Ledger(stage).founded()
    await stage.hear(overdue())
    await stage.hear(overdue(version=4))
    (mark,) = await ledger.list("/credit-entries")
    assert (mark["source"], mark["effect"]) == ("RECTIFICATION_OVERDUE", "MARK")
    assert (mark["score"], mark["period"]) == (None, "2026-H1")
    assert mark["published_at"] == "2026-07-01T00:00:00+08:00"


async def test_a_mark_in_an_estate_nobody_told_of_is_kept(stage: Stage) -> None:
    """CK-16: its division is known, and its street reads it."""
    await stage.hear(overdue(estate_id=named("unheard of")))
    assert len(await Ledger(stage).list("/credit-entries", STREET)) == 1


async def test_who_reads_the_file(stage: Stage) -> None:
    """E06, A13: the desks of the place without a stake, the housing bureau, the company."""
    ledger = await Ledger(stage).founded()
    await ledger.enters("82.00")
    for reader, seen in (
        (STREET, 1),
        (BUREAU, 1),
        (COMPANY_DESK, 1),
        (OTHER_BUREAU, 0),
        (OTHER_COMPANY, 0),
        (with_stake(BUREAU), 0),
        (owner(), 0),
    ):
        assert len(await ledger.list("/credit-entries", reader)) == seen


async def test_the_database_lets_nobody_change_what_was_said(stage: Stage) -> None:
    """E28: neither entries nor appeals nor decisions."""
    ledger = await Ledger(stage).founded()
    appealed = (await ledger.appeals(await ledger.enters("55.00"))).json()
    await ledger.rules(appealed["id"])
    for table in ("credit_entry", "credit_appeal", "credit_appeal_decision"):
        column = "period" if table == "credit_entry" else "reasons"
        for change in (f"UPDATE {table} SET {column} = ''", f"DELETE FROM {table}"):
            with pytest.raises(DBAPIError, match="append-only"):
                async with stage.host.runtime.database.transaction() as session:
                    await session.execute(text(change))


SURVEY = text("""
    INSERT INTO survey (id, version, state, estate_id, estate_name, division, community,
        grid_codes, company_id, period, ends_on, rulebook, drafted_at)
    VALUES (:id, 5, 'PUBLISHED', :id, '演示', '421281002', '421281002001', '{}', :id, '2026-H1',
        '2026-03-09', 'x', now())
""")
ENTRY = text("""
    INSERT INTO credit_entry (id, company_id, estate_id, division, community, survey_id, period,
        score, published_at, recorded_at)
    VALUES (:id, :id, :id, '421281002', '421281002001', :id, '2026-H1', 78.00, now(), now())
""")


async def test_what_was_entered_before_stays(postgres: Databases) -> None:
    """E06, E28: a score of a survey is still one, has no expiry, and nobody changes it."""
    url = await postgres.fresh_database()
    await asyncio.to_thread(migrate_to, "0004", service.migrations, url)
    database = Database(url)
    async with database.transaction() as session:
        for statement in (SURVEY, ENTRY):
            await session.execute(statement, {"id": UUID(int=7)})
    await asyncio.to_thread(upgrade, service.migrations, url)
    columns = "source, source_id, score::text, effect, counters, expires_at, entered_by"
    async with database.transaction() as session:
        (row,) = await session.execute(text(f"SELECT {columns} FROM credit_entry"))
    with pytest.raises(DBAPIError, match="append-only"):
        async with database.transaction() as session:
            await session.execute(text("DELETE FROM credit_entry"))
    await database.engine.dispose()
    assert tuple(row) == (
        *("SATISFACTION_SURVEY", UUID(int=7), "78.00", "RENEWAL"),
        *(None, None, None),
    )
