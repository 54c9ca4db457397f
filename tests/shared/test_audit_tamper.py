"""T26: nine ways to tamper with the log as a superuser; each is found, with its place (P24)."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from shared.audit import (
    BadCheckpoint,
    Breach,
    Checkpoint,
    CheckpointSigner,
    Fault,
    checkpoint,
    export,
    read_witness,
)
from shared.audit.chain import CONTENT, entry_hash
from shared.database import Database
from shared.identity import new_signing_key, signing_key
from tests.servers import Databases
from tests.shared.audit_world import PEM, Log, migrate

Tamper = Callable[[Log], Awaitable[None]]


@pytest.fixture
async def log(postgres: Databases, tmp_path: Path) -> AsyncIterator[Log]:
    """Twelve entries, with checkpoints at 4, 8 and 12 in the database and outside."""
    database = Database(await postgres.fresh_database(migrate))
    log = Log(database, tmp_path)
    for _ in range(3):
        await grow(log)
    yield log
    await database.dispose()


async def grow(log: Log, count: int = 4) -> None:
    await log.write(count)
    await log.seal()
    await log.sign()


def outside(log: Log) -> list[Checkpoint]:
    return list(read_witness(log.folder / "routing.jsonl"))


async def breach(log: Log, external: list[Checkpoint] | None = None) -> tuple[int, Fault] | None:
    found = (await log.verify(external or [])).breach
    return (found.sequence, found.fault) if found else None


async def edit(log: Log) -> None:
    await log.as_superuser("UPDATE audit_entry SET details = '{\"grade\": 1}' WHERE sequence = 5")


async def edit_and_hash(log: Log) -> None:
    await edit(log)
    await rehash(log, first=5, last=5)


async def delete(log: Log) -> None:
    await log.as_superuser("DELETE FROM audit_entry WHERE sequence = 5")


async def delete_and_close_up(log: Log) -> None:
    await delete(log)
    await shift(log, above=5, by=-1)


async def delete_the_first(log: Log) -> None:
    await log.as_superuser("DELETE FROM audit_entry WHERE sequence = 1")


async def insert(log: Log) -> None:
    await shift(log, above=4, by=1)
    await log.as_superuser(
        "INSERT INTO audit_entry SELECT gen_random_uuid(), at, actor_id, actor_end, 'case.closed',"
        " subject_type, subject_id, details, reason, 5, hash, hash FROM audit_entry"
        " WHERE sequence = 4"
    )
    await rehash(log, first=5, last=5)


async def swap(log: Log) -> None:
    await log.as_superuser(
        "UPDATE audit_entry SET sequence = 99 WHERE sequence = 5",
        "UPDATE audit_entry SET sequence = 5 WHERE sequence = 6",
        "UPDATE audit_entry SET sequence = 6 WHERE sequence = 99",
    )


async def swap_contents(log: Log) -> None:
    await log.as_superuser(
        "UPDATE audit_entry AS a SET at = b.at, subject_id = b.subject_id"
        " FROM audit_entry AS b WHERE a.sequence + b.sequence = 11 AND a.sequence IN (5, 6)"
    )


async def truncate_tail(log: Log) -> None:
    await log.as_superuser("DELETE FROM audit_entry WHERE sequence > 9")


async def rewrite(log: Log) -> None:
    await edit(log)
    await rehash(log, first=5, last=12)


async def rewrite_and_sign(log: Log) -> None:
    """With a key of the intruder's own, under the name of ours."""
    await rewrite(log)
    await log.as_superuser("DELETE FROM audit_checkpoint WHERE sequence > 4")
    await sign_as(CheckpointSigner(new_signing_key(), "audit-1", "routing"), log)


async def sign_for_another_log(log: Log) -> None:
    await log.as_superuser("DELETE FROM audit_checkpoint WHERE sequence = 12")
    await sign_as(CheckpointSigner(PEM, "audit-1", "intake"), log)


async def edit_checkpoint_hash(log: Log) -> None:
    await log.as_superuser("UPDATE audit_checkpoint SET hash = '\\x00' WHERE sequence = 8")


async def edit_checkpoint_time(log: Log) -> None:
    await log.as_superuser(
        "UPDATE audit_checkpoint SET at = at - interval '1 day' WHERE sequence = 8"
    )


async def move_checkpoint(log: Log) -> None:
    await log.as_superuser("UPDATE audit_checkpoint SET sequence = 9 WHERE sequence = 8")


@pytest.mark.parametrize(
    ("tamper", "sequence", "fault"),
    [
        (edit, 5, Fault.ALTERED),
        (edit_and_hash, 6, Fault.BROKEN_LINK),
        (delete, 5, Fault.MISSING),
        (delete_and_close_up, 5, Fault.BROKEN_LINK),
        (delete_the_first, 1, Fault.MISSING),
        (insert, 6, Fault.BROKEN_LINK),
        (swap, 5, Fault.BROKEN_LINK),
        (swap_contents, 5, Fault.ALTERED),
        (truncate_tail, 10, Fault.TRUNCATED),
        (rewrite, 8, Fault.REWRITTEN),
        (rewrite_and_sign, 12, Fault.CHECKPOINT_FORGED),
        (sign_for_another_log, 12, Fault.CHECKPOINT_FORGED),
        (edit_checkpoint_hash, 8, Fault.CHECKPOINT_FORGED),
        (edit_checkpoint_time, 8, Fault.CHECKPOINT_FORGED),
        (move_checkpoint, 9, Fault.CHECKPOINT_FORGED),
    ],
)
async def test_t26_found_from_the_database_alone(
    tamper: Tamper, sequence: int, fault: Fault, log: Log
) -> None:
    assert await breach(log) is None
    await tamper(log)
    assert await breach(log) == (sequence, fault)


@pytest.mark.parametrize(
    "change",
    [
        "id = gen_random_uuid()",
        "at = at + interval '1 microsecond'",
        "actor_id = gen_random_uuid()",
        "actor_end = 'GRID'",
        "action = 'case.closed'",
        "subject_type = 'complaint'",
        "subject_id = 'x'",
        'details = \'{"to": "消防", "grade": 2.0}\'',
        "reason = ''",
    ],
)
async def test_t26_every_column_of_an_entry_is_covered(change: str, log: Log) -> None:
    await log.as_superuser(f"UPDATE audit_entry SET {change} WHERE sequence = 5")
    assert await breach(log) == (5, Fault.ALTERED)


async def test_a_checkpoint_that_counts_wrongly_is_not_believed(log: Log) -> None:
    said = dataclasses.replace(outside(log)[1], count=7)
    signature = signing_key(PEM).sign(said.signed_bytes())
    await log.as_superuser(
        "UPDATE audit_checkpoint SET count = 7, signature = :signature WHERE sequence = 8",
        signature=signature,
    )
    assert await breach(log) == (8, Fault.REWRITTEN)


async def truncate_tail_with_checkpoints(log: Log) -> None:
    await truncate_tail(log)
    await log.as_superuser("DELETE FROM audit_checkpoint WHERE sequence > 9")


async def truncate_everything(log: Log) -> None:
    await log.as_superuser("TRUNCATE audit_entry", "TRUNCATE audit_checkpoint")


async def rewrite_without_checkpoints(log: Log) -> None:
    await rewrite(log)
    await log.as_superuser("DELETE FROM audit_checkpoint WHERE sequence > 4")


async def restore_backup(log: Log) -> None:
    """The database is byte for byte what it was after eight entries."""
    await log.as_superuser(
        "DELETE FROM audit_entry WHERE sequence > 8",
        "DELETE FROM audit_checkpoint WHERE sequence > 8",
    )


async def fork(log: Log) -> None:
    """An older state that was taken further, with the service's own signature under it."""
    await restore_backup(log)
    log.now += timedelta(hours=1)
    log.folder = log.folder / "somewhere else"
    await grow(log)


async def fork_further(log: Log) -> None:
    await fork(log)
    await grow(log, 6)


async def drop_checkpoints(log: Log) -> None:
    await log.as_superuser("TRUNCATE audit_checkpoint")


@pytest.mark.parametrize(
    ("tamper", "sequence", "fault"),
    [
        (truncate_tail_with_checkpoints, 10, Fault.TRUNCATED),
        (truncate_everything, 1, Fault.TRUNCATED),
        (rewrite_without_checkpoints, 8, Fault.REWRITTEN),
        (restore_backup, 9, Fault.TRUNCATED),
        (fork, 12, Fault.REWRITTEN),
        (fork_further, 12, Fault.REWRITTEN),
        (drop_checkpoints, 4, Fault.CHECKPOINT_MISSING),
    ],
)
async def test_t26_found_by_external_checkpoints_only(
    tamper: Tamper, sequence: int, fault: Fault, log: Log
) -> None:
    external = outside(log)
    assert await breach(log, external) is None
    await tamper(log)
    assert await breach(log) is None
    assert await breach(log, external) == (sequence, fault)


async def test_t26_the_breach_names_the_entry(log: Log) -> None:
    await edit(log)
    async with log.database.transaction() as session:
        entry = await session.scalar(text("SELECT id FROM audit_entry WHERE sequence = 5"))
    assert (await log.verify()).breach == Breach(5, Fault.ALTERED, entry)


@pytest.mark.parametrize(
    "change", ["sequence", "hash", "count", "at", "log", "key_id", "signature"]
)
async def test_t26_an_edited_external_checkpoint_is_found(change: str, log: Log) -> None:
    external = outside(log)
    said = external[1]
    changed: Any = {
        "sequence": 9,
        "hash": bytes(32),
        "count": 7,
        "at": said.at + timedelta(seconds=1),
        "log": "intake",
        "key_id": "audit-2",
        "signature": bytes(64),
    }[change]
    external[1] = dataclasses.replace(said, **{change: changed})
    found = await breach(log, external)
    assert found == (external[1].sequence, Fault.CHECKPOINT_FORGED)


async def test_two_external_checkpoints_that_contradict_each_other_tell_a_fork(log: Log) -> None:
    external = outside(log)
    await fork(log)
    assert await breach(log, external + outside(log)) == (12, Fault.REWRITTEN)


async def test_external_checkpoints_survive_their_file(log: Log) -> None:
    for said in outside(log):
        export(said, log.folder / "copy")
    assert list(read_witness(log.folder / "copy" / "routing.jsonl")) == outside(log)


@pytest.mark.parametrize("line", ["", "{}", "not JSON", '{"log": "routing"}', "[1]"])
async def test_a_broken_line_is_named(line: str, log: Log) -> None:
    path = log.folder / "routing.jsonl"
    with path.open("a") as lines:
        lines.write(f"{line}\n")
    with pytest.raises(BadCheckpoint, match="line 4"):
        list(read_witness(path))


async def shift(log: Log, *, above: int, by: int) -> None:
    await log.as_superuser(
        "UPDATE audit_entry SET sequence = -sequence WHERE sequence > :above",
        "UPDATE audit_entry SET sequence = -sequence + :by WHERE sequence < 0",
        above=above,
        by=by,
    )


async def rehash(log: Log, *, first: int, last: int) -> None:
    """Makes the chain consistent again, as far as hashes go."""
    for sequence in range(first, last + 1):
        async with log.database.transaction() as session:
            previous = await session.scalar(
                text("SELECT hash FROM audit_entry WHERE sequence = :n"), {"n": sequence - 1}
            )
            content = (
                await session.execute(
                    text(f"SELECT {CONTENT} FROM audit_entry WHERE sequence = :n"), {"n": sequence}
                )
            ).one()
        await log.as_superuser(
            "UPDATE audit_entry SET prev_hash = :previous, hash = :hash WHERE sequence = :n",
            previous=previous,
            hash=entry_hash(sequence, previous, content),
            n=sequence,
        )


async def sign_as(signer: CheckpointSigner, log: Log) -> None:
    async with log.database.transaction() as session:
        assert await checkpoint(session, signer, at=log.now)
