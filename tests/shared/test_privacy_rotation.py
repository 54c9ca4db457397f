"""Rotation of stored values while they are in use (P25, T27)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from sqlalchemy import Column, MetaData, Table, Text, Uuid, text

from shared.database import Database
from shared.ids import new_id
from shared.privacy import BlindIndex, EncryptedColumn, FieldCipher, KeyRing, rotate
from tests.servers import Databases

METADATA = MetaData()
Table(
    "owner",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("phone", Text),
    Column("phone_index", Text),
)
PHONE = EncryptedColumn("owner", "phone", index_column="phone_index")
OLD = KeyRing.generate()
NEW = OLD.rotated("k2")


@pytest.fixture
async def database(postgres: Databases) -> AsyncIterator[Database]:
    database = Database(await postgres.fresh_database(METADATA))
    yield database
    await database.dispose()


async def test_t27_every_row_moves_to_the_active_key_and_stays_findable(database: Database) -> None:
    owners = [await add(database, f"1390000{number:04d}") for number in range(7)]
    await add(database, None)

    rounds = [await rotated(database, limit=3) for _ in range(4)]

    assert rounds == [3, 3, 1, 0]
    only_new = KeyRing("k2", {"k2": NEW.keys["k2"]})
    for number, owner in enumerate(owners):
        assert await found(database, only_new, f"1390000{number:04d}") == owner


async def test_a_row_in_use_is_left_for_the_next_round(database: Database) -> None:
    owner = await add(database, "13900000001")
    async with database.transaction() as other:
        await other.execute(text("SELECT 1 FROM owner WHERE id = :id FOR UPDATE"), {"id": owner})
        async with asyncio.timeout(20):
            assert await rotated(database) == 0
    assert await rotated(database) == 1


async def test_an_index_column_needs_an_index(database: Database) -> None:
    async with database.transaction() as session:
        with pytest.raises(ValueError, match="go together"):
            await rotate(session, PHONE, FieldCipher(NEW))


async def add(database: Database, phone: str | None) -> UUID:
    owner = new_id()
    row: dict[str, object] = {"id": owner, "phone": None, "index": None}
    if phone is not None:
        row["phone"] = FieldCipher(OLD).encrypt(phone, table="owner", row_id=owner, column="phone")
        row["index"] = BlindIndex(OLD).of(phone, table="owner", column="phone")
    async with database.transaction() as session:
        await session.execute(text("INSERT INTO owner VALUES (:id, :phone, :index)"), row)
    return owner


async def rotated(database: Database, limit: int = 500) -> int:
    async with database.transaction() as session:
        return await rotate(session, PHONE, FieldCipher(NEW), BlindIndex(NEW), limit=limit)


async def found(database: Database, ring: KeyRing, phone: str) -> UUID:
    """The id of the one owner with this phone, by `ring` alone."""
    async with database.transaction() as session:
        row = (
            await session.execute(
                text("SELECT id, phone FROM owner WHERE phone_index = ANY(:candidates)"),
                {"candidates": BlindIndex(ring).candidates(phone, table="owner", column="phone")},
            )
        ).one()
    cipher = FieldCipher(ring)
    assert cipher.decrypt(row.phone, table="owner", row_id=row.id, column="phone") == phone
    owner: UUID = row.id
    return owner
