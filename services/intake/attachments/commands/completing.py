"""An upload ends: judged, made anew, kept; or refused, for good.

Nothing is lost when the process is killed in the middle: until the row says READY the parts lie
there, and whoever asks again begins again. Afterwards the parts are left-overs, which the cleaning
finds.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from services.intake.attachments.commands.recording import record
from services.intake.attachments.domain.content.refusals import FileRefused, refusal_of
from services.intake.attachments.domain.lifecycle import (
    AttachmentAction,
    AttachmentKind,
    AttachmentState,
    advance,
)
from services.intake.attachments.domain.limits import PartsMissing, UploadChanged
from services.intake.attachments.keys import refuse_expired, upload_of
from services.intake.attachments.parts import Upload
from services.intake.attachments.queries import sent_by, the_one
from services.intake.attachments.store import FilesUnreachable, content_of
from services.intake.attachments.tables import Attachment
from services.intake.attachments.workbench import Made, Workbench
from shared.errors import DomainError
from shared.identity import Actor
from shared.runtime import Runtime

GRACE = timedelta(minutes=10)  # nobody clears away what is being finished


async def complete(runtime: Runtime, actor: Actor, attachment_id: UUID) -> Attachment:
    """The same answer however often it is asked for.

    Raises AttachmentNotFound, UploadExpired, PartsMissing, UploadChanged, ContentDiffers,
    FileNotJudged or a FileRefused.
    """
    async with runtime.database.transaction() as session:
        attachment = await the_one(session, sent_by(actor), attachment_id)
    if attachment.state != AttachmentState.UPLOADING:
        return _settled(attachment)
    refuse_expired(runtime, attachment, grace=GRACE)
    upload = upload_of(runtime, attachment)
    try:
        kind = AttachmentKind(attachment.kind)
        made = await runtime.part(Workbench).make(upload, kind, attachment.sha256)
    except FileRefused as refused:
        await _refuse(runtime, actor, upload, refused)
        raise
    except (PartsMissing, UploadChanged) as failure:
        return await _finished_meanwhile(runtime, actor, attachment_id, failure)
    return await _finish(runtime, actor, upload, made)


def _settled(attachment: Attachment) -> Attachment:
    if attachment.state == AttachmentState.REFUSED:
        raise refusal_of(attachment.refusal or "")
    return attachment


async def _finished_meanwhile(
    runtime: Runtime, actor: Actor, attachment_id: UUID, failure: DomainError
) -> Attachment:
    """Whoever asked at the same time was first and has cleared the parts away. Raises the failure
    when it was not that.
    """
    async with runtime.database.transaction() as session:
        attachment = await the_one(session, sent_by(actor), attachment_id)
    if attachment.state == AttachmentState.UPLOADING:
        raise failure
    return _settled(attachment)


async def _finish(runtime: Runtime, actor: Actor, upload: Upload, made: Made) -> Attachment:
    """Of two that end at once the first counts."""
    now = runtime.clock.now()
    async with runtime.database.transaction() as session:
        attachment = await the_one(session, sent_by(actor), upload.id, lock=True)
        if attachment.state == AttachmentState.UPLOADING:
            attachment.state = advance(AttachmentState.UPLOADING, AttachmentAction.FINISH)
            attachment.content, attachment.sha256 = made.content, made.sha256
            attachment.media_type, attachment.size = made.media_type, made.size
            attachment.finished_at = now
            record(session, actor, attachment, "finished", now, size=made.size)
    await _tidy(upload, attachment.content)
    return _settled(attachment)


async def _refuse(runtime: Runtime, actor: Actor, upload: Upload, refused: FileRefused) -> None:
    now = runtime.clock.now()
    async with runtime.database.transaction() as session:
        attachment = await the_one(session, sent_by(actor), upload.id, lock=True)
        if attachment.state == AttachmentState.UPLOADING:
            attachment.state = advance(AttachmentState.UPLOADING, AttachmentAction.REFUSE)
            attachment.refusal, attachment.finished_at = refused.code, now
            record(session, actor, attachment, "refused", now, code=refused.code)
    await _tidy(upload, attachment.content)


async def _tidy(upload: Upload, content: UUID | None) -> None:
    """What the store does not let go of now is cleared away later."""
    kept = str(content) if content else None
    with suppress(FilesUnreachable):
        await asyncio.to_thread(upload.remove)
        await asyncio.to_thread(upload.store.remove, content_of(upload.id), but=kept)
