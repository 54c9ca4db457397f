"""Reading what is known of files; everything starts from what the actor may see."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.intake.attachments.tables import Attachment
from services.intake.complaints.tables import Complaint
from services.intake.owners.domain.policies import acts_as_owner
from shared.errors import NotFound
from shared.identity import Actor


class AttachmentNotFound(NotFound):
    """There is no such file among yours."""

    code = "ATTACHMENT_NOT_FOUND"
    chinese = "未找到该附件。"


def visible_to(actor: Actor) -> Select[Attachment]:
    """What one has sent, and for an owner what belongs to the own complaints."""
    mine = col(Attachment.uploaded_by) == actor.id
    if not acts_as_owner(actor):
        return select(Attachment).where(mine)
    own = select(col(Complaint.id)).where(col(Complaint.owner_id) == actor.id)
    return select(Attachment).where(or_(mine, col(Attachment.complaint_id).in_(own)))


def sent_by(actor: Actor) -> Select[Attachment]:
    """What one may go on with, finish or delete."""
    return select(Attachment).where(col(Attachment.uploaded_by) == actor.id)


async def the_one(
    session: AsyncSession, among: Select[Attachment], attachment_id: UUID, *, lock: bool = False
) -> Attachment:
    """Raises AttachmentNotFound."""
    query = among.where(col(Attachment.id) == attachment_id)
    found = await session.execute(query.with_for_update() if lock else query)
    attachment = found.scalar_one_or_none()
    if attachment is None:
        raise AttachmentNotFound
    return attachment


async def files_of(session: AsyncSession, complaint_id: UUID) -> Sequence[Attachment]:
    """In the order in which they were attached."""
    rows = await session.execute(
        select(Attachment)
        .where(col(Attachment.complaint_id) == complaint_id)
        .order_by(col(Attachment.attached_at), col(Attachment.id))
    )
    return rows.scalars().all()
