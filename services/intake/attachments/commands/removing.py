"""Who sent a file may take it back, until it belongs to a complaint."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.intake.attachments.commands.recording import record
from services.intake.attachments.queries import sent_by, the_one
from services.intake.attachments.store import (
    FilesNotKept,
    FileStore,
    FilesUnreachable,
    content_of,
    parts_of,
)
from services.intake.attachments.tables import Attachment, AttachmentTally
from shared.errors import Conflict
from shared.identity import Actor
from shared.runtime import Runtime


class AttachmentInUse(Conflict):
    """The file belongs to a complaint, and stays with it."""

    code = "ATTACHMENT_IN_USE"
    chinese = "附件已用于诉求，不能删除。"


async def remove(runtime: Runtime, actor: Actor, attachment_id: UUID) -> None:
    """First the row, and with it the key: what is left of the content is noise, and is cleared
    away when the process does not live to do it. Raises AttachmentNotFound or AttachmentInUse.
    """
    async with runtime.database.transaction() as session:
        attachment = await the_one(session, sent_by(actor), attachment_id, lock=True)
        if attachment.complaint_id is not None:
            raise AttachmentInUse
        await session.delete(attachment)
        record(session, actor, attachment, "removed", runtime.clock.now())
    with suppress(FilesUnreachable, FilesNotKept):
        await asyncio.to_thread(forget_content, runtime.part(FileStore), attachment_id)


async def forget_uploads(session: AsyncSession, owner_id: UUID) -> None:
    """When an owner has left: what belongs to no complaint goes, and how much was sent by day.
    The cleaning finds contents without a row, and in its time what is in hand this moment: whoever
    has it in hand may be waiting for the account.
    """
    unused = (
        select(col(Attachment.id))
        .where(col(Attachment.uploaded_by) == owner_id, col(Attachment.complaint_id).is_(None))
        .with_for_update(skip_locked=True)
    )
    await session.execute(delete(Attachment).where(col(Attachment.id).in_(unused)))
    tally = delete(AttachmentTally).where(col(AttachmentTally.uploaded_by) == owner_id)
    await session.execute(tally)


def forget_content(store: FileStore, attachment_id: UUID) -> None:
    """Raises FilesNotKept or FilesUnreachable."""
    store.remove(parts_of(attachment_id))
    store.remove(content_of(attachment_id))
