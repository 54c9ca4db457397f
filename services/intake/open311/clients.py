"""Who may file: systems with an API key, of which only the hash is kept."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.intake.open311.domain.refusals import KeyUnknown
from services.intake.open311.tables import Open311Client
from shared import audit
from shared.errors import NotFound
from shared.identity import SYSTEM, Actor, End, Role
from shared.ids import new_id


class ClientNotFound(NotFound):
    """There is no such Open311 client."""

    code = "OPEN311_CLIENT_NOT_FOUND"
    chinese = "没有这个 Open311 接入方。"


def hash_of(key: str) -> str:
    """A key of 256 random bits needs no salt."""
    return hashlib.sha256(key.encode()).hexdigest()


async def create(
    session: AsyncSession, name: str, *, hourly: int | None, at: datetime
) -> tuple[Open311Client, str]:
    """The key is shown this once."""
    key = f"o311_{secrets.token_urlsafe(32)}"
    client = Open311Client(
        id=new_id(), name=name, key_hash=hash_of(key), hourly=hourly, created_at=at
    )
    session.add(client)
    _record(session, client, "open311_client.created", at)
    return client, key


async def revoke(session: AsyncSession, client_id: UUID, *, at: datetime) -> Open311Client:
    """What it filed stays. Raises ClientNotFound."""
    client = await session.get(Open311Client, client_id, with_for_update=True)
    if client is None:
        raise ClientNotFound
    if client.revoked_at is None:
        client.revoked_at = at
        _record(session, client, "open311_client.revoked", at)
    return client


async def every(session: AsyncSession) -> Sequence[Open311Client]:
    found = await session.execute(select(Open311Client).order_by(col(Open311Client.created_at)))
    return found.scalars().all()


async def by_key(session: AsyncSession, key: str) -> Open311Client:
    """Raises KeyUnknown, also for a key that was revoked."""
    found = await session.execute(
        select(Open311Client).where(
            col(Open311Client.key_hash) == hash_of(key), col(Open311Client.revoked_at).is_(None)
        )
    )
    client = found.scalar_one_or_none()
    if client is None:
        raise KeyUnknown
    return client


def acting(client: Open311Client) -> Actor:
    return Actor(id=client.id, end=End.INTEGRATION, roles=frozenset({Role.OPEN311}))


def _record(session: AsyncSession, client: Open311Client, action: str, at: datetime) -> None:
    audit.append(
        session,
        actor=SYSTEM,
        action=action,
        subject_type="open311_client",
        subject_id=client.id,
        at=at,
    )
