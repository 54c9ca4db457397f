"""Reading one's own messages."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, or_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.notify.messages.domain.digest import DIGEST
from services.notify.messages.tables import Message
from shared.identity import Actor
from shared.web.paging import PageRequest, cursor_key


def visible_to(actor: Actor) -> SelectOfScalar[Message]:
    """One's own, and those of one's organisation that were addressed to nobody in it. A digest is
    no entry: what it tells of stands there singly."""
    singly = select(Message).where(Message.notification != DIGEST)
    if actor.organisation_id is None:
        return singly.where(Message.recipient_id == actor.id)
    own = or_(
        col(Message.recipient_id) == actor.id,
        col(Message.recipient_id) == actor.organisation_id,
    )
    return singly.where(own)


async def inbox_of(
    session: AsyncSession, actor: Actor, paging: PageRequest
) -> tuple[Sequence[Message], str | None]:
    return await page_of(session, visible_to(actor), paging)


async def unread_of(session: AsyncSession, actor: Actor) -> int:
    unread = visible_to(actor).where(col(Message.read_at).is_(None)).subquery()
    return (await session.execute(select(func.count()).select_from(unread))).scalar_one()


async def page_of(
    session: AsyncSession, wanted: SelectOfScalar[Message], paging: PageRequest
) -> tuple[Sequence[Message], str | None]:
    """Newest first: ids rise with creation."""
    if paging.after is not None:
        wanted = wanted.where(col(Message.id) < cursor_key(paging.after, UUID)[0])
    newest = wanted.order_by(col(Message.id).desc()).limit(paging.limit + 1)
    rows = (await session.execute(newest)).scalars().all()
    return paging.cut(rows, lambda message: (message.id,))
