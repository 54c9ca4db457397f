"""Files that are added to a complaint after its filing (T03)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.intake.attachments.domain.lifecycle import AttachmentState
from services.intake.attachments.queries import files_of, sent_by
from services.intake.attachments.tables import Attachment
from services.intake.complaints.filing.attaching import AttachmentUnknown
from shared.contracts.narrative import AttachedFile
from shared.identity import Actor


async def attach_more(
    session: AsyncSession, actor: Actor, complaint_id: UUID, ids: Sequence[UUID], at: datetime
) -> None:
    """Only what one has sent, what is whole, and what belongs to nothing yet.

    Raises AttachmentUnknown.
    """
    if not ids:
        return
    wanted = sent_by(actor).where(
        col(Attachment.id).in_(ids),
        col(Attachment.state) == AttachmentState.READY,
        col(Attachment.complaint_id).is_(None),
    )
    rows = await session.execute(wanted.order_by(col(Attachment.id)).with_for_update())
    found = rows.scalars().all()
    if len(found) != len(set(ids)):
        raise AttachmentUnknown
    for attachment in found:
        attachment.complaint_id, attachment.attached_at = complaint_id, at


async def attached_files(session: AsyncSession, complaint_id: UUID) -> tuple[AttachedFile, ...]:
    """As routing is told of them."""
    await session.flush()
    return tuple(
        AttachedFile(id=row.id, kind=row.kind, media_type=row.media_type or "", size=row.size or 0)
        for row in await files_of(session, complaint_id)
    )
