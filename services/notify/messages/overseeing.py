"""Reading what people were told about a case, and who was not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Uuid, cast, or_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.notify.copies.tables import CaseCopy
from services.notify.messages.domain.lifecycle import MessageStatus
from services.notify.messages.queries import newest_first
from services.notify.messages.records import MessageRecord
from services.notify.messages.tables import Message, MessageAttempt, NotTold
from shared.web.paging import PageRequest, cursor_key


async def of_case(
    session: AsyncSession, case: CaseCopy, paging: PageRequest
) -> tuple[Sequence[Message], str | None]:
    return await newest_first(session, select(Message).where(_concerns(Message, case)), paging)


async def not_told(
    session: AsyncSession, case: CaseCopy, paging: PageRequest, full_page: Sequence[Message]
) -> Sequence[NotTold]:
    """Of the time that the page covers, newest first; the last page, which is not full, reaches
    back to the beginning."""
    wanted = select(NotTold).where(_concerns(NotTold, case))
    if paging.after is not None:
        wanted = wanted.where(col(NotTold.id) < cursor_key(paging.after, UUID)[0])
    if full_page:
        wanted = wanted.where(col(NotTold.id) > full_page[-1].id)
    return (await session.execute(wanted.order_by(col(NotTold.id).desc()))).scalars().all()


async def case_about(session: AsyncSession, message: Message) -> CaseCopy | None:
    """The case that a message concerns, also when it was written before there was one."""
    if message.case_id is not None:
        return await session.get(CaseCopy, message.case_id)
    if message.complaint_id is None:
        return None
    holds = col(CaseCopy.complaint_ids).op("@>")(cast([message.complaint_id], ARRAY(Uuid)))
    wanted = select(CaseCopy).where(holds).order_by(col(CaseCopy.id)).limit(1)
    return (await session.execute(wanted)).scalar_one_or_none()


async def recorded(
    session: AsyncSession, messages: Sequence[Message], *, owners: bool
) -> list[MessageRecord]:
    """`owners` says whether owners are named."""
    attempts = await _attempts_at(session, messages)
    digests = await _digests(session, messages)
    return [
        MessageRecord.of(each, attempts.get(each.id, ()), digests, owners=owners)
        for each in messages
    ]


def _concerns(kind: type[Message] | type[NotTold], case: CaseCopy) -> ColumnElement[bool]:
    """With what was said of its complaints before there was a case."""
    return or_(col(kind.case_id) == case.id, col(kind.complaint_id).in_(case.complaint_ids))


async def _attempts_at(
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


async def _digests(
    session: AsyncSession, messages: Sequence[Message]
) -> Mapping[UUID, MessageStatus]:
    ids = {message.digest_id for message in messages if message.digest_id}
    if not ids:
        return {}
    wanted = select(Message.id, Message.state).where(col(Message.id).in_(ids))
    return {row.id: MessageStatus(row.state) for row in await session.execute(wanted)}
