"""Noting that somebody has read messages."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import update
from sqlmodel import col

from services.notify.changes.reading import announce
from services.notify.deed import Deed
from services.notify.inbox.queries import inboxes_of, unread_of
from services.notify.inbox.schemas import Reading
from services.notify.messages.tables import TRANSACTION, Message


async def read(deed: Deed, message: Message) -> Message:
    """The first reading counts."""
    if message.read_at is None:
        await _note(deed, message.id)
        message.read_at = deed.at
    return message


async def read_up_to(deed: Deed, newest: Message) -> Reading:
    """`newest` and all that are older; ids rise with creation."""
    unread = (
        update(Message)
        .where(col(Message.recipient_id).in_(inboxes_of(deed.actor)))
        .where(col(Message.id) <= newest.id, col(Message.read_at).is_(None))
        .values(read_at=deed.at, changed_in=TRANSACTION)
        .returning(col(Message.id))
    )
    noted = (await deed.session.execute(unread)).scalars().all()
    announce(deed.session)
    return Reading(read=len(noted), unread=await unread_of(deed.session, deed.actor))


async def _note(deed: Deed, message_id: UUID) -> None:
    noted = update(Message).where(col(Message.id) == message_id)
    await deed.session.execute(noted.values(read_at=deed.at, changed_in=TRANSACTION))
    announce(deed.session)
