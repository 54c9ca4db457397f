"""Reading messages: which are one's own, and what became of those of a case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import or_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.notify.copies.tables import CaseCopy
from services.notify.messages.tables import Message, MessageAttempt
from shared.identity import Actor
from shared.web.paging import PageRequest, cursor_key


def visible_to(actor: Actor) -> SelectOfScalar[Message]:
    """One's own, and those of one's organisation that were addressed to nobody in it."""
    if actor.organisation_id is None:
        return select(Message).where(Message.recipient_id == actor.id)
    own = or_(
        col(Message.recipient_id) == actor.id,
        col(Message.recipient_id) == actor.organisation_id,
    )
    return select(Message).where(own)


async def of_case(
    session: AsyncSession, case: CaseCopy, paging: PageRequest
) -> tuple[Sequence[Message], str | None]:
    """With those about its complaints from before there was a case."""
    concerned = or_(
        col(Message.case_id) == case.id, col(Message.complaint_id).in_(case.complaint_ids)
    )
    return await newest_first(session, select(Message).where(concerned), paging)


async def attempts_at(
    session: AsyncSession, messages: Sequence[Message]
) -> Mapping[UUID, Sequence[MessageAttempt]]:
    """The attempts at each message, oldest first."""
    ids = [message.id for message in messages]
    wanted = select(MessageAttempt).where(col(MessageAttempt.message_id).in_(ids))
    rows = (await session.execute(wanted.order_by(col(MessageAttempt.id)))).scalars()
    found: dict[UUID, list[MessageAttempt]] = defaultdict(list)
    for row in rows:
        found[row.message_id].append(row)
    return found


async def newest_first(
    session: AsyncSession, wanted: SelectOfScalar[Message], paging: PageRequest
) -> tuple[Sequence[Message], str | None]:
    """A page of them: ids rise with creation."""
    if paging.after is not None:
        wanted = wanted.where(col(Message.id) < cursor_key(paging.after, UUID)[0])
    newest = wanted.order_by(col(Message.id).desc()).limit(paging.limit + 1)
    rows = (await session.execute(newest)).scalars().all()
    return paging.cut(rows, lambda message: (message.id,))
