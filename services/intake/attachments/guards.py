"""Who sends and reads files, and the file of a request."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query
from sqlalchemy import select

from services.intake.attachments.commands.receiving import open_upload
from services.intake.attachments.domain.lifecycle import AttachmentForbids, AttachmentState
from services.intake.attachments.domain.policies import UploadersOnly, may_upload
from services.intake.attachments.queries import the_one, visible_to
from services.intake.attachments.tables import Attachment
from shared.contracts.files import READ_ATTACHMENT
from shared.identity import Actor, TokenMissing
from shared.identity.grants import LONGEST_TEXT, GrantVerifier
from shared.web.dependencies import BearerToken, CurrentActor, CurrentRuntime, SessionDep

GrantText = Annotated[
    str | None,
    Query(alias="grant", max_length=LONGEST_TEXT, description="Instead of a token, for a while"),
]


async def uploader(actor: CurrentActor) -> Actor:
    if not may_upload(actor):
        raise UploadersOnly
    return actor


CurrentUploader = Annotated[Actor, Depends(uploader)]


async def refuse_unless_open(
    attachment_id: UUID, actor: CurrentUploader, current: CurrentRuntime
) -> None:
    """Before a form is read; no transaction stays open while it comes in."""
    await open_upload(current, actor, attachment_id)


async def attachment_to_view(
    attachment_id: UUID, actor: CurrentUploader, session: SessionDep
) -> Attachment:
    return await the_one(session, visible_to(actor), attachment_id)


async def attachment_to_read(
    attachment_id: UUID,
    current: CurrentRuntime,
    session: SessionDep,
    token: BearerToken,
    grant: GrantText = None,
) -> Attachment:
    """By a grant for this very file, or by what the bearer of a token may see."""
    if grant is not None:
        current.part(GrantVerifier).verify(grant, READ_ATTACHMENT, attachment_id)
        return _whole(await the_one(session, select(Attachment), attachment_id))
    if token is None:
        raise TokenMissing
    actor = await uploader(current.tokens.verify(token.credentials))
    return _whole(await the_one(session, visible_to(actor), attachment_id))


def _whole(attachment: Attachment) -> Attachment:
    """Raises AttachmentForbids while there is nothing to read."""
    if attachment.state != AttachmentState.READY:
        raise AttachmentForbids(state=attachment.state)
    return attachment


OpenUpload = Depends(refuse_unless_open)
AttachmentToView = Annotated[Attachment, Depends(attachment_to_view)]
AttachmentToRead = Annotated[Attachment, Depends(attachment_to_read)]
