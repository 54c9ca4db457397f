"""Bringing stored values to the active key while the service goes on reading and writing them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.privacy.cipher import FieldCipher
from shared.privacy.index import BlindIndex


@dataclass(frozen=True, slots=True)
class EncryptedColumn:
    """Where encrypted values stand. Names come from code only: they are written into the SQL.

    `id_column` is the row id that the cipher was given, `index_column` the blind index beside the
    value, made from exactly the decrypted text.
    """

    table: str
    column: str
    id_column: str = "id"
    index_column: str | None = None


async def rotate(
    session: AsyncSession,
    place: EncryptedColumn,
    cipher: FieldCipher,
    index: BlindIndex | None = None,
    *,
    limit: int = 500,
) -> int:
    """Re-encrypts up to `limit` rows that are not on the active keys; 0 means done.

    Rows that somebody writes at this moment are left for the next round (P25).
    """
    if (index is None) != (place.index_column is None):
        raise ValueError("an index column and a blind index go together")
    stale = await session.execute(text(_stale(place)), _prefixes(cipher, index, limit))
    renewed = [_renewed(place, cipher, index, row.id, row.value) for row in stale]
    if renewed:
        await session.execute(text(_update(place)), renewed)
    return len(renewed)


def _stale(place: EncryptedColumn) -> str:
    old = f"NOT starts_with({place.column}, :cipher_prefix)"
    if place.index_column:
        old += f" OR starts_with({place.index_column}, :index_prefix) IS NOT TRUE"
    return f"""
        SELECT {place.id_column} AS id, {place.column} AS value
          FROM {place.table}
         WHERE {place.column} IS NOT NULL AND ({old})
         LIMIT :limit
           FOR UPDATE SKIP LOCKED"""


def _update(place: EncryptedColumn) -> str:
    values = f"{place.column} = :value"
    if place.index_column:
        values += f", {place.index_column} = :index_value"
    return f"UPDATE {place.table} SET {values} WHERE {place.id_column} = :id"


def _prefixes(cipher: FieldCipher, index: BlindIndex | None, limit: int) -> dict[str, Any]:
    known: dict[str, Any] = {"cipher_prefix": cipher.current_prefix, "limit": limit}
    return known | ({"index_prefix": index.current_prefix} if index else {})


def _renewed(
    place: EncryptedColumn, cipher: FieldCipher, index: BlindIndex | None, row_id: Any, value: str
) -> dict[str, Any]:
    plain = cipher.decrypt(value, table=place.table, row_id=row_id, column=place.column)
    fresh: dict[str, Any] = {
        "id": row_id,
        "value": cipher.encrypt(plain, table=place.table, row_id=row_id, column=place.column),
    }
    if index and place.index_column:
        fresh["index_value"] = index.of(plain, table=place.table, column=place.column)
    return fresh
