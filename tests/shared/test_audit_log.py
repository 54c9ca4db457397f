"""Appending and sealing: with the transaction, without waiting, without gaps (A08, P24)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError

from shared.audit import append, checkpoint, read_witness, seal
from shared.database import Database
from shared.ids import new_id
from tests.servers import Databases
from tests.shared.audit_world import DISPATCHER, NINE, SIGNER, Log, migrate, record


@pytest.fixture
async def log(postgres: Databases, tmp_path: Path) -> AsyncIterator[Log]:
    database = Database(await postgres.fresh_database(migrate))
    yield Log(database, tmp_path / "witness")
    await database.dispose()


async def rows(log: Log, columns: str = "*") -> list[Any]:
    async with log.database.transaction() as session:
        found = await session.execute(text(f"SELECT {columns} FROM audit_entry ORDER BY sequence"))
        return list(found)


async def test_a08_an_entry_says_who_did_what_to_whom_and_when(log: Log) -> None:
    case = new_id()
    async with log.database.transaction() as session:
        append(
            session,
            actor=DISPATCHER,
            action="contact.revealed",
            subject_type="complaint",
            subject_id=case,
            at=NINE,
            details={"field": "phone", "case_id": case, "since": NINE},
            reason="回访前核对",
        )
    (entry,) = await rows(log)
    assert (entry.actor_id, entry.actor_end, entry.at) == (DISPATCHER.id, "CENTRE", NINE)
    assert (entry.action, entry.subject_type) == ("contact.revealed", "complaint")
    assert (entry.subject_id, entry.reason) == (str(case), "回访前核对")
    assert entry.details["case_id"] == str(case)
    assert entry.sequence is None


async def test_several_entries_of_a_transaction_are_one_insert(log: Log) -> None:
    statements: list[str] = []

    def count(*arguments: Any) -> None:
        statements.append(arguments[2])

    event.listen(log.database.engine.sync_engine, "before_cursor_execute", count)
    await log.write(5)
    assert len([one for one in statements if "INSERT INTO audit_entry" in one]) == 1
    assert len(await rows(log)) == 5


async def test_an_entry_vanishes_with_its_transaction(log: Log) -> None:
    with pytest.raises(RuntimeError, match="no deed"):
        await deed_that_fails(log)
    assert await rows(log) == []


async def deed_that_fails(log: Log) -> None:
    async with log.database.transaction() as session:
        record(session, NINE)
        raise RuntimeError("no deed")


async def test_p23_personal_values_do_not_get_into_the_log(log: Log) -> None:
    async with log.database.transaction() as session:
        append(
            session,
            actor=DISPATCHER,
            action="contact.revealed",
            subject_type="complaint",
            subject_id="x",
            at=NINE,
            details={"phone": "13900000001", "note": "打13900000001", "text": "楼上漏水"},
            reason="业主13900000001要求",
        )
    (entry,) = await rows(log)
    assert entry.details == {"phone": "139****0001", "note": "打139****0001", "text": "[removed]"}
    assert entry.reason == "业主139****0001要求"


async def test_details_are_json_or_refused_at_once(log: Log) -> None:
    async with log.database.transaction() as session:
        with pytest.raises(ValueError, match="JSON"):
            append(
                session,
                actor=DISPATCHER,
                action="x",
                subject_type="x",
                subject_id="x",
                at=NINE,
                details={"share": float("nan")},
            )
    assert await rows(log) == []


async def test_the_columns_can_be_inserted_by_hand(log: Log) -> None:
    async with log.database.transaction() as session:
        await session.execute(
            text(
                "INSERT INTO audit_entry"
                " (id, at, actor_id, actor_end, action, subject_type, subject_id)"
                " VALUES (:id, :at, :actor, 'OWNER', 'complaint.submitted', 'complaint', 'x')"
            ),
            {"id": new_id(), "at": NINE, "actor": DISPATCHER.id},
        )
    assert await log.seal() == 1
    assert (await log.verify()).intact


async def test_sealing_numbers_all_without_gaps_in_batches(log: Log) -> None:
    await log.write(7)
    assert await log.seal(batch=3) == 7
    await log.write(2)
    assert await log.seal(batch=3) == 2
    assert await log.seal() == 0
    assert [row.sequence for row in await rows(log, "sequence")] == list(range(1, 10))
    report = await log.verify()
    assert (report.entries, report.unsealed, report.intact) == (9, 0, True)


async def test_a_log_without_entries_is_intact(log: Log) -> None:
    report = await log.verify()
    assert (report.entries, report.checkpoints, report.intact) == (0, 0, True)
    assert await log.sign() is None


async def test_the_report_tells_what_is_not_sealed_yet(log: Log) -> None:
    await log.write(2)
    await log.seal()
    await log.write(3)
    report = await log.verify()
    assert (report.entries, report.unsealed, report.intact) == (2, 3, True)
    assert report.oldest_unsealed == datetime(2026, 3, 2, 9, 0, 3, tzinfo=NINE.tzinfo)


async def test_writers_do_not_wait_for_the_sealer_and_sealers_not_for_each_other(log: Log) -> None:
    await log.write(3)
    async with log.database.transaction() as session:
        assert await seal(session) == 3
        async with asyncio.timeout(20):
            await log.write(2)
            assert await log.seal() == 0
    assert await log.seal() == 2
    assert (await log.verify()).intact


async def test_an_entry_that_commits_late_is_sealed_late(log: Log) -> None:
    async with log.database.transaction() as slow:
        record(slow, NINE)
        await slow.execute(text("SELECT 1"))
        await log.write(2)
        assert await log.seal() == 2
    assert await log.seal() == 1
    assert (await log.verify()).intact


async def test_p24_a_sealer_that_dies_leaves_no_gap(log: Log) -> None:
    await log.write(4)
    with pytest.raises(RuntimeError, match="died"):
        await seal_and_die(log)
    await log.write(1)
    assert await log.seal() == 5
    assert [row.sequence for row in await rows(log, "sequence")] == [1, 2, 3, 4, 5]
    assert (await log.verify()).intact


async def seal_and_die(log: Log) -> None:
    async with log.database.transaction() as session:
        await seal(session, 2)
        raise RuntimeError("died")


async def test_checkpoints_are_signed_once_per_end_of_chain_and_witnessed(log: Log) -> None:
    await log.write(2)
    assert await log.sign() is None
    await log.seal()
    first = await log.sign()
    assert await log.sign() is None
    await log.write(1)
    await log.seal()
    second = await log.sign()
    outside = list(read_witness(log.folder / "routing.jsonl"))
    assert outside == [first, second]
    assert [said.sequence for said in outside] == [2, 3]
    report = await log.verify(outside)
    assert (report.checkpoints, report.intact) == (2, True)


async def test_a_checkpoint_without_folder_stays_in_the_database(log: Log) -> None:
    await log.write(1)
    await log.seal()
    async with log.database.transaction() as session:
        assert await checkpoint(session, SIGNER, at=NINE)
    assert (await log.verify()).checkpoints == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET reason = 'x' WHERE sequence = 1",
        "UPDATE audit_entry SET hash = prev_hash WHERE sequence = 1",
        "UPDATE audit_entry SET sequence = NULL, prev_hash = NULL, hash = NULL",
        "UPDATE audit_entry SET reason = 'x' WHERE sequence IS NULL",
        "UPDATE audit_entry SET sequence = 9, prev_hash = '', hash = '', action = 'x'"
        " WHERE sequence IS NULL",
        "UPDATE audit_entry SET sequence = 9 WHERE sequence IS NULL",
        "DELETE FROM audit_entry",
        "DELETE FROM audit_entry WHERE sequence IS NULL",
        "TRUNCATE audit_entry",
        "INSERT INTO audit_entry SELECT gen_random_uuid(), at, actor_id, actor_end, action,"
        " subject_type, subject_id, details, reason, 9, prev_hash, hash FROM audit_entry"
        " WHERE sequence = 1",
        "UPDATE audit_checkpoint SET hash = ''",
        "DELETE FROM audit_checkpoint",
        "TRUNCATE audit_checkpoint",
    ],
)
async def test_p24_the_database_refuses_to_alter_the_log(statement: str, log: Log) -> None:
    await log.write(2)
    await log.seal()
    await log.sign()
    await log.write(1)
    before = await rows(log)
    with pytest.raises(DBAPIError, match=r"append-only|sealed_as_a_whole"):
        await execute(log, statement)
    assert await rows(log) == before
    assert await log.seal() == 1


async def execute(log: Log, statement: str) -> None:
    async with log.database.transaction() as session:
        await session.execute(text(statement))
