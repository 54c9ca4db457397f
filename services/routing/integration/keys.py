"""The keys that integrating organisations sign with: installed, found, ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.routing.integration.tables import IntegrationKey
from shared.ids import new_id
from shared.privacy import FieldCipher
from shared.signatures import Verifier, parse_verifier

TABLE, COLUMN = "integration_key", "key"


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
) -> UUID:
    """Trust `key` (`whpk_…` or `whsec_…`) beside those already trusted; returns its id.

    With `id`, installing again changes nothing. Raises MalformedKey.
    """
    parse_verifier(key)
    key_id = id or new_id()
    if await session.get(IntegrationKey, key_id) is None:
        ciphertext = cipher.encrypt(key, table=TABLE, row_id=key_id, column=COLUMN)
        session.add(
            IntegrationKey(
                id=key_id, organisation_id=organisation_id, key=ciphertext, created_at=at
            )
        )
    return key_id


async def keys_of(
    session: AsyncSession, cipher: FieldCipher, organisation_id: UUID
) -> Sequence[KnownKey]:
    """Newest first; an organisation that rotates has two for a while."""
    rows = await session.execute(
        select(IntegrationKey)
        .where(
            col(IntegrationKey.organisation_id) == organisation_id,
            col(IntegrationKey.ended_at).is_(None),
        )
        .order_by(col(IntegrationKey.created_at).desc())
    )
    return [KnownKey(row.id, parse_verifier(_decrypted(cipher, row))) for row in rows.scalars()]


def _decrypted(cipher: FieldCipher, row: IntegrationKey) -> str:
    return cipher.decrypt(row.key, table=TABLE, row_id=row.id, column=COLUMN)
