"""Reading drafts; their writer sees them, and nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, false, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.intake.drafts.tables import ComplaintDraft
from services.intake.owners.domain.policies import acts_as_owner
from shared.identity import Actor
from shared.web.paging import PageRequest, cursor_key

FILED = text("SELECT answer FROM idempotency_key WHERE actor = :actor AND key = :key")


def visible_to(actor: Actor) -> Select[ComplaintDraft]:
    mine = col(ComplaintDraft.owner_id) == actor.id if acts_as_owner(actor) else false()
    return select(ComplaintDraft).where(mine)


async def unsent(
    session: AsyncSession, actor: Actor, paging: PageRequest
) -> Sequence[ComplaintDraft]:
    """The newest first, by their making; one more than the page holds."""
    query = visible_to(actor).where(col(ComplaintDraft.complaint_id).is_(None))
    if paging.after:
        query = query.where(col(ComplaintDraft.id) < cursor_key(paging.after, UUID)[0])
    query = query.order_by(col(ComplaintDraft.id).desc()).limit(paging.limit + 1)
    return (await session.execute(query)).scalars().all()


async def count_of(session: AsyncSession, owner_id: UUID) -> int:
    found = await session.execute(
        select(func.count()).where(
            col(ComplaintDraft.owner_id) == owner_id, col(ComplaintDraft.complaint_id).is_(None)
        )
    )
    return found.scalar_one()


async def filed_as(session: AsyncSession, actor: Actor, key: str) -> UUID | None:
    """The complaint that was filed under the idempotency key of a draft."""
    found = await session.execute(FILED, {"actor": str(actor.id), "key": key})
    answer = found.scalar_one_or_none()
    return UUID(answer) if answer else None
