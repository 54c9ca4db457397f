"""Loading a message for whoever may read it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from services.notify.deed import Deed
from services.notify.inbox.schemas import ReadingBody
from services.notify.messages.guards import MessageNotFound
from services.notify.messages.queries import visible_to
from services.notify.messages.tables import Message
from shared.web.dependencies import CurrentActor, SessionDep


async def own_message(message_id: UUID, actor: CurrentActor, session: SessionDep) -> Message:
    """Raises MessageNotFound."""
    return await _found(session, visible_to(actor).where(Message.id == message_id))


async def message_to_read(message_id: UUID, actor: CurrentActor, session: SessionDep) -> Message:
    """With its row locked: the first reading counts. Raises MessageNotFound."""
    wanted = visible_to(actor).where(Message.id == message_id)
    return await _found(session, wanted.with_for_update())


async def newest_read(deed: Deed, body: ReadingBody) -> Message:
    """Raises MessageNotFound."""
    return await own_message(body.up_to, deed.actor, deed.session)


async def _found(session: AsyncSession, wanted: SelectOfScalar[Message]) -> Message:
    message = (await session.execute(wanted)).scalar_one_or_none()
    if message is None:
        raise MessageNotFound
    return message


OwnMessage = Annotated[Message, Depends(own_message)]
MessageToRead = Annotated[Message, Depends(message_to_read)]
