"""Files that come after the filing, with what their reporter adds."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select

from services.intake.attachments.domain.lifecycle import AttachmentState
from services.intake.attachments.tables import Attachment
from services.intake.complaints.deed import Deed
from services.intake.complaints.filing.attaching import AttachmentUnknown
from services.intake.complaints.tables import Complaint
from shared.contracts.intake import AttachedFile


async def add_files(
    deed: Deed, complaint: Complaint, files: Sequence[UUID]
) -> tuple[AttachedFile, ...]:
    """From now on they belong to the complaint. Raises AttachmentUnknown."""
    if not files:
        return ()
    found = await deed.session.execute(
        select(Attachment)
        .where(
            col(Attachment.id).in_(files),
            col(Attachment.uploaded_by) == deed.actor.id,
            col(Attachment.state) == AttachmentState.READY,
            col(Attachment.complaint_id).is_(None),
        )
        .order_by(col(Attachment.id))
        .with_for_update()
    )
    held = {each.id: each for each in found.scalars()}
    if len(held) < len(files):
        raise AttachmentUnknown
    for each in held.values():
        each.complaint_id, each.attached_at = complaint.id, deed.at
    return tuple(_attached(held[file]) for file in files)


def _attached(file: Attachment) -> AttachedFile:
    """What is ready has both a type and a size."""
    return AttachedFile(
        id=file.id, kind=file.kind, media_type=file.media_type or "", size=file.size or 0
    )
