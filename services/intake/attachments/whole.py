"""A small file in one request, as `wx.uploadFile` sends it: multipart, the file and its kind."""

from __future__ import annotations

import asyncio
import hashlib
from typing import IO, Any

from fastapi import Request
from pydantic import TypeAdapter, ValidationError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException as Unparsable  # house: problem — read, not raised
from starlette.requests import ClientDisconnect

from services.intake.attachments.commands.completing import complete
from services.intake.attachments.commands.receiving import receive_whole
from services.intake.attachments.commands.starting import Announced, start_once
from services.intake.attachments.domain.lifecycle import AttachmentKind, AttachmentState
from services.intake.attachments.domain.limits import FileTooLarge
from services.intake.attachments.tables import Attachment
from shared.errors import BadRequest, Invalid
from shared.identity import Actor
from shared.runtime import Runtime
from shared.web.sheets import FIELD, UploadMissing

KIND = TypeAdapter(AttachmentKind)

FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": [FIELD, "kind"],
                    "properties": {
                        FIELD: {"type": "string", "format": "binary"},
                        "kind": {"type": "string", "enum": list(AttachmentKind)},
                    },
                }
            }
        },
    }
}


class KindUnknown(Invalid):
    """The field `kind` says IMAGE, AUDIO, VIDEO or DOCUMENT."""

    code = "KIND_UNKNOWN"
    chinese = "请以 kind 字段说明文件类型：IMAGE、AUDIO、VIDEO 或 DOCUMENT。"


async def take_whole(runtime: Runtime, actor: Actor, key: str, request: Request) -> Attachment:
    """Begun, received and finished; the same again with the same key is the same attachment.

    Raises UploadMissing, KindUnknown, IdempotencyKeyReused and whatever an upload in parts does.
    """
    try:
        async with request.form(max_files=1, max_fields=10) as form:
            file = form.get(FIELD)
            if not isinstance(file, UploadFile):
                raise UploadMissing
            return await _take(runtime, actor, key, file.file, _kind(form.get("kind")))
    except Unparsable:
        raise UploadMissing from None
    except ClientDisconnect:
        raise BadRequest from None


async def _take(
    runtime: Runtime, actor: Actor, key: str, file: IO[bytes], kind: AttachmentKind
) -> Attachment:
    now = runtime.clock.now()
    size, sha256 = await asyncio.to_thread(_measured, file)
    most = runtime.rulebooks.in_force_at(now).files.whole_bytes_at_most
    if not 0 < size <= most:
        raise FileTooLarge(bytes_at_most=most) if size else UploadMissing
    what = Announced(kind, size, sha256)
    async with runtime.database.transaction() as session:
        attachment = await start_once(session, runtime, actor, what, key, now)
    if attachment.state == AttachmentState.UPLOADING:
        await receive_whole(runtime, attachment, file)
    return await complete(runtime, actor, attachment.id)


def _measured(file: IO[bytes]) -> tuple[int, str]:
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256")  # type: ignore[arg-type]
    return file.tell(), digest.hexdigest()


def _kind(given: object) -> AttachmentKind:
    try:
        return KIND.validate_python(given)
    except ValidationError:
        raise KindUnknown from None
