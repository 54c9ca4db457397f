"""What is sent and answered about files."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.intake.attachments.commands.starting import Announced
from services.intake.attachments.domain.lifecycle import AttachmentKind, AttachmentState
from services.intake.attachments.domain.limits import parts_in
from services.intake.attachments.keys import rules_of, upload_of
from services.intake.attachments.tables import Attachment
from shared.clock import BEIJING
from shared.runtime import Runtime
from shared.web.body import Body

LARGEST = 2**40


class UploadBody(Body):
    """`size` in bytes, `sha256` in hexadecimal of the whole file, if the client can tell it."""

    kind: Annotated[AttachmentKind, Field(strict=False)]
    size: Annotated[int, Field(ge=1, le=LARGEST)]
    sha256: Annotated[str | None, Field(pattern=r"^[0-9a-f]{64}$")] = None

    def announced(self) -> Announced:
        return Announced(self.kind, self.size, self.sha256)


class AttachmentOut(BaseModel):
    """`declared_size` is of what is sent, `size` and `media_type` are of what is kept of it.
    `refusal` is a code, `complaint_id` what it belongs to.
    """

    id: UUID
    kind: AttachmentKind
    state: AttachmentState
    declared_size: int
    media_type: str | None
    size: int | None
    refusal: str | None
    complaint_id: UUID | None

    @classmethod
    def of(cls, attachment: Attachment) -> AttachmentOut:
        return cls(
            id=attachment.id,
            kind=AttachmentKind(attachment.kind),
            state=AttachmentState(attachment.state),
            declared_size=attachment.declared_size,
            media_type=attachment.media_type,
            size=attachment.size,
            refusal=attachment.refusal,
            complaint_id=attachment.complaint_id,
        )


class UploadOut(AttachmentOut):
    """Parts count from 1; every one has `part_bytes`, the last what remains. `arrived` are those
    that need not be sent again, `until` is when an unfinished upload is thrown away.
    """

    part_bytes: int
    parts: int
    arrived: list[int]
    until: datetime


class PartOut(BaseModel):
    attachment_id: UUID
    number: int


class AttachmentsOut(BaseModel):
    items: list[AttachmentOut]


async def upload_out(runtime: Runtime, attachment: Attachment) -> UploadOut:
    rules = rules_of(runtime, attachment)
    until = attachment.started_at + rules.unfinished_for
    return UploadOut(
        **AttachmentOut.of(attachment).model_dump(),
        part_bytes=rules.part_bytes,
        parts=parts_in(rules, attachment.declared_size),
        arrived=await _arrived(runtime, attachment),
        until=until.astimezone(BEIJING),
    )


async def _arrived(runtime: Runtime, attachment: Attachment) -> list[int]:
    if attachment.state != AttachmentState.UPLOADING:
        return []
    return list(await asyncio.to_thread(upload_of(runtime, attachment).arrived))
