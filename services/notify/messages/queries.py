"""Reading messages: which are one's own, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, or_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.notify.messages.domain.digest import DIGEST
from services.notify.messages.tables import Message
from shared.identity import Actor
from shared.web.paging import PageRequest, cursor_key


def is_entry() -> ColumnElement[bool]:
    """Of an inbox. A digest is none: what it tells of stands there singly."""
    return col(Message.notification) != DIGEST


def visible_to(actor: Actor) -> SelectOfScalar[Message]:
    """One's own, and those of one's organisation that were addressed to nobody in it."""
    entries = select(Message).where(is_entry())
    if actor.organisation_id is None:
        return entries.where(Message.recipient_id == actor.id)
    own = or_(
        col(Message.recipient_id) == actor.id,
        col(Message.recipient_id) == actor.organisation_id,
    )
    return entries.where(own)


async def newest_first(
    session: AsyncSession, wanted: SelectOfScalar[Message], paging: PageRequest
) -> tuple[Sequence[Message], str | None]:
    """A page of them: ids rise with creation."""
    if paging.after is not None:
        wanted = wanted.where(col(Message.id) < cursor_key(paging.after, UUID)[0])
    newest = wanted.order_by(col(Message.id).desc()).limit(paging.limit + 1)
    rows = (await session.execute(newest)).scalars().all()
    return paging.cut(rows, lambda message: (message.id,))
