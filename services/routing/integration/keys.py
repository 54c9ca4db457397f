"""The keys that integrating organisations sign with: installed, found, ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.routing.integration.tables import IntegrationKey, ReceivedCallback
from shared.ids import new_id
from shared.privacy import FieldCipher
from shared.signatures import Verifier, parse_verifier

TABLE, COLUMN, DESCRIPTION = "integration_key", "key", "description"


@dataclass(frozen=True)
class KnownKey:
    id: UUID
    verifier: Verifier


async def install_key(
    session: AsyncSession,
    cipher: FieldCipher,
    organisation_id: UUID,
    key: str,
    *,
    at: datetime,
    id: UUID | None = None,
    description: str | None = None,
) -> UUID:
    """Trust `key` (`whpk_…` or `whsec_…`) beside those already trusted; returns its id.

    With `id`, installing again changes nothing. Raises MalformedKey.
    """
    parse_verifier(key)
    key_id = id or new_id()
    if await session.get(IntegrationKey, key_id) is None:
        hidden = partial(cipher.encrypt, table=TABLE, row_id=key_id)
        session.add(
            IntegrationKey(
                id=key_id,
                organisation_id=organisation_id,
                key=hidden(key, column=COLUMN),
                description=hidden(description, column=DESCRIPTION) if description else None,
                created_at=at,
            )
        )
    return key_id


async def keys_of(
    session: AsyncSession, cipher: FieldCipher, organisation_id: UUID
) -> Sequence[KnownKey]:
    """Those that are good, newest first; an organisation that rotates has two for a while."""
    rows = await session.execute(
        _rows_of(organisation_id).where(col(IntegrationKey.ended_at).is_(None))
    )
    return [KnownKey(row.id, parse_verifier(decrypted(cipher, row))) for row in rows.scalars()]


async def every_key_of(session: AsyncSession, organisation_id: UUID) -> Sequence[IntegrationKey]:
    """Ended ones too, newest first."""
    return (await session.execute(_rows_of(organisation_id))).scalars().all()


async def last_uses(
    session: AsyncSession, keys: Sequence[IntegrationKey]
) -> Mapping[UUID, datetime]:
    """When a callback with each key took effect last; a key that has done nothing is not in it."""
    used_at = func.max(ReceivedCallback.received_at)
    wanted = (
        select(col(ReceivedCallback.key_id), used_at)
        .where(col(ReceivedCallback.key_id).in_([key.id for key in keys]))
        .group_by(col(ReceivedCallback.key_id))
    )
    return {row.key_id: row[1] for row in await session.execute(wanted)}


def _rows_of(organisation_id: UUID) -> Select[IntegrationKey]:
    return (
        select(IntegrationKey)
        .where(col(IntegrationKey.organisation_id) == organisation_id)
        .order_by(col(IntegrationKey.created_at).desc(), col(IntegrationKey.id).desc())
    )


def decrypted(cipher: FieldCipher, row: IntegrationKey) -> str:
    return cipher.decrypt(row.key, table=TABLE, row_id=row.id, column=COLUMN)
