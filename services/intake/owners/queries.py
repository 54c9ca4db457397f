"""Finding owners without knowing their contacts."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.intake.owners.domain.refusals import AccountClosed
from services.intake.owners.tables import Owner


async def by_openid(session: AsyncSession, candidates: Sequence[str]) -> Owner | None:
    """Locked, because whoever asks is about to sign in or register."""
    found = await session.execute(
        select(Owner).where(col(Owner.openid_index).in_(candidates)).with_for_update()
    )
    return found.scalar_one_or_none()


async def by_mobile(session: AsyncSession, candidates: Sequence[str]) -> Owner | None:
    """The account that was registered last, where several carry the number."""
    found = await session.execute(
        select(Owner)
        .where(col(Owner.mobile_index).in_(candidates), col(Owner.active))
        .order_by(col(Owner.registered_at).desc(), col(Owner.id).desc())
        .limit(1)
    )
    return found.scalar_one_or_none()


async def own_account(session: AsyncSession, owner_id: UUID, *, lock: bool = False) -> Owner:
    """Raises AccountClosed when it is gone."""
    owner = await session.get(Owner, owner_id, with_for_update=lock or None)
    if owner is None or not owner.active:
        raise AccountClosed
    return owner
