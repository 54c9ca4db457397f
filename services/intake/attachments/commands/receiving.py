"""A part arrives: in any order, several at once, and as often as it is sent."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import IO
from uuid import UUID

from starlette.requests import ClientDisconnect

from services.intake.attachments.domain.lifecycle import AttachmentForbids, AttachmentState
from services.intake.attachments.domain.limits import PartSizeWrong, parts_in, size_of_part
from services.intake.attachments.keys import refuse_expired, rules_of, upload_of
from services.intake.attachments.parts import Upload
from services.intake.attachments.queries import AttachmentNotFound, sent_by, the_one
from services.intake.attachments.tables import Attachment
from services.intake.attachments.workbench import unhurried
from shared.errors import BadRequest
from shared.identity import Actor
from shared.runtime import Runtime

NO_GRACE = timedelta(0)


async def receive(
    runtime: Runtime, actor: Actor, attachment_id: UUID, number: int, sent: AsyncIterator[bytes]
) -> Attachment:
    """No transaction is open while it comes in.

    Raises AttachmentNotFound, AttachmentForbids, UploadExpired, PartUnknown or PartSizeWrong.
    """
    attachment = await open_upload(runtime, actor, attachment_id)
    size = size_of_part(rules_of(runtime, attachment), attachment.declared_size, number)
    content = await _exactly(size, sent)
    upload = upload_of(runtime, attachment)
    await unhurried(lambda: asyncio.to_thread(upload.write, number, content))
    return await _still_open(runtime, actor, upload)


async def receive_whole(runtime: Runtime, attachment: Attachment, file: IO[bytes]) -> None:
    """All parts of a file that came in one request."""
    upload = upload_of(runtime, attachment)
    await unhurried(lambda: asyncio.to_thread(_write_all, upload, file))


async def open_upload(runtime: Runtime, actor: Actor, attachment_id: UUID) -> Attachment:
    async with runtime.database.transaction() as session:
        attachment = await the_one(session, sent_by(actor), attachment_id)
    if attachment.state != AttachmentState.UPLOADING:
        raise AttachmentForbids(state=attachment.state)
    refuse_expired(runtime, attachment, grace=NO_GRACE)
    return attachment


async def _still_open(runtime: Runtime, actor: Actor, upload: Upload) -> Attachment:
    """What came after the end, or after the deletion, does not stay behind."""
    try:
        return await open_upload(runtime, actor, upload.id)
    except (AttachmentNotFound, AttachmentForbids):
        await asyncio.to_thread(upload.remove)
        raise


async def _exactly(size: int, sent: AsyncIterator[bytes]) -> bytes:
    """Raises PartSizeWrong as soon as it is too much: a body without end is not waited for."""
    content = bytearray()
    try:
        async for some in sent:
            content += some
            if len(content) > size:
                raise PartSizeWrong(bytes=size)
    except ClientDisconnect:
        raise BadRequest from None
    if len(content) != size:
        raise PartSizeWrong(bytes=size)
    return bytes(content)


def _write_all(upload: Upload, file: IO[bytes]) -> None:
    file.seek(0)
    for number in range(1, parts_in(upload.rules, upload.size) + 1):
        upload.write(number, file.read(upload.rules.part_bytes))
