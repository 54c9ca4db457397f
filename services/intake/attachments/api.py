"""Sending files, and reading them."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Header, Path, Request, Response

from services.intake.attachments.commands.completing import complete
from services.intake.attachments.commands.receiving import receive
from services.intake.attachments.commands.removing import remove
from services.intake.attachments.commands.starting import start
from services.intake.attachments.domain.content.judging import EXTENSIONS
from services.intake.attachments.guards import (
    AttachmentToRead,
    AttachmentToView,
    CurrentUploader,
    OpenUpload,
)
from services.intake.attachments.multipart import one_chunk
from services.intake.attachments.queries import files_of
from services.intake.attachments.reading import answer
from services.intake.attachments.schemas import (
    AttachmentOut,
    AttachmentsOut,
    PartOut,
    UploadBody,
    UploadOut,
    upload_out,
)
from services.intake.attachments.whole import FORM, take_whole
from services.intake.complaints.guards import ComplaintToView
from services.intake.owners.guards import Consented
from shared.web.dependencies import CurrentRuntime, Now, SessionDep
from shared.web.once import IdempotencyKey, OnceDep
from shared.web.sheets import UPLOAD, UploadedFile

router = APIRouter(prefix="/attachments", tags=["attachments"])
of_complaints = APIRouter(prefix="/complaints/{complaint_id}/attachments", tags=["attachments"])

PartNumber = Annotated[int, Path(ge=1, le=100_000)]
RAW: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string"}}},
    }
}
CONTENT: dict[int | str, dict[str, Any]] = {
    200: {"content": {media_type: {} for media_type in EXTENSIONS}},
    206: {"description": "The bytes that Range asked for"},
}


@router.post("", status_code=201, response_model=UploadOut, dependencies=[Consented])
async def begin(
    body: UploadBody, actor: CurrentUploader, runtime: CurrentRuntime, now: Now, once: OnceDep
) -> Response:
    """Announce a file that comes in parts (A04)."""

    async def work() -> UploadOut:
        attachment = await start(once.session, runtime, actor, body.announced(), now)
        return await upload_out(runtime, attachment)

    return await once.run(work)


@router.post("/whole", status_code=201, openapi_extra=FORM, dependencies=[Consented])
async def send_whole(
    request: Request, actor: CurrentUploader, runtime: CurrentRuntime, key: IdempotencyKey
) -> AttachmentOut:
    """A small file in one request: begun, received and finished."""
    return AttachmentOut.of(await take_whole(runtime, actor, key, request))


@router.get("/{attachment_id}")
async def upload(attachment: AttachmentToView, runtime: CurrentRuntime) -> UploadOut:
    """How far it is: after a break send the parts that have not arrived."""
    return await upload_out(runtime, attachment)


@router.put("/{attachment_id}/parts/{number}", openapi_extra=RAW)
async def put_part(
    attachment_id: UUID,
    number: PartNumber,
    request: Request,
    actor: CurrentUploader,
    runtime: CurrentRuntime,
) -> PartOut:
    """One part as the body; in any order, several at once, and again if in doubt."""
    await receive(runtime, actor, attachment_id, number, request.stream())
    return PartOut(attachment_id=attachment_id, number=number)


@router.post("/{attachment_id}/parts/{number}", openapi_extra=UPLOAD, dependencies=[OpenUpload])
async def post_part(
    attachment_id: UUID,
    number: PartNumber,
    actor: CurrentUploader,
    runtime: CurrentRuntime,
    content: UploadedFile,
) -> PartOut:
    """The same for `wx.uploadFile`, which can only send the field `file` of a form."""
    await receive(runtime, actor, attachment_id, number, one_chunk(content))
    return PartOut(attachment_id=attachment_id, number=number)


@router.post("/{attachment_id}/completion")
async def finish(
    attachment_id: UUID, actor: CurrentUploader, runtime: CurrentRuntime
) -> AttachmentOut:
    """All parts are there: judged by content, cleaned of what it tells, and kept; or refused."""
    return AttachmentOut.of(await complete(runtime, actor, attachment_id))


@router.delete("/{attachment_id}", status_code=204)
async def delete(attachment_id: UUID, actor: CurrentUploader, runtime: CurrentRuntime) -> None:
    """Take back a file that belongs to no complaint yet, finished or not."""
    await remove(runtime, actor, attachment_id)


@router.get("/{attachment_id}/content", response_class=Response, responses=CONTENT)
async def content(
    attachment: AttachmentToRead,
    runtime: CurrentRuntime,
    range: Annotated[str | None, Header(max_length=100)] = None,
) -> Response:
    """The file, with a token or with a signed address; a range of it, if asked for."""
    return await answer(runtime, attachment, range)


@of_complaints.get("")
async def files(complaint: ComplaintToView, session: SessionDep) -> AttachmentsOut:
    """The files of one's own complaint."""
    found = await files_of(session, complaint.id)
    return AttachmentsOut(items=[AttachmentOut.of(each) for each in found])
