"""The files of a batch: held while it is written, so that each belongs to one complaint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from services.intake.attachments.domain.lifecycle import AttachmentState
from services.intake.attachments.tables import Attachment
from services.intake.complaints.filing.filing import Filing
from shared.contracts.narrative import AttachedFile
from shared.errors import Invalid

Held = Mapping[UUID, asyncpg.Record]

FILES = Attachment.__tablename__

HOLD = f"""
    SELECT id, uploaded_by, kind, media_type, size FROM {FILES}
    WHERE id = ANY($1::uuid[]) AND state = '{AttachmentState.READY}' AND complaint_id IS NULL
    ORDER BY id FOR UPDATE
"""
ATTACH = f"""
    UPDATE {FILES} AS file SET complaint_id = belongs.complaint_id, attached_at = belongs.at
    FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) AS belongs (id, complaint_id, at)
    WHERE file.id = belongs.id
"""


class AttachmentUnknown(Invalid):
    """One of the files is not yours, has not arrived whole, or belongs to another complaint."""

    code = "ATTACHMENT_UNKNOWN"
    chinese = "附件不存在、尚未上传完成或已用于其他诉求。"


async def hold(connection: PoolConnectionProxy, filings: Sequence[Filing]) -> Held:
    """The files that may still be attached, locked; nothing is asked where there are none."""
    wanted = sorted({each for filing in filings for each in filing.attachments})
    if not wanted:
        return {}
    return {row["id"]: row for row in await connection.fetch(HOLD, wanted)}


def refuse_unheld(filing: Filing, held: Held, used: set[UUID]) -> None:
    """`used` are the files of the filings before this one. Raises AttachmentUnknown."""
    for attachment in filing.attachments:
        mine = attachment in held and held[attachment]["uploaded_by"] == filing.actor.id
        if not mine or attachment in used:
            raise AttachmentUnknown
    used.update(filing.attachments)


def files_of(filing: Filing, held: Held) -> list[AttachedFile]:
    found = (held[attachment] for attachment in filing.attachments)
    return [
        AttachedFile(id=row["id"], kind=row["kind"], media_type=row["media_type"], size=row["size"])
        for row in found
    ]


async def attach(connection: PoolConnectionProxy, filings: Sequence[Filing]) -> None:
    rows: list[tuple[UUID, UUID, datetime]] = [
        (attachment, filing.id, filing.submitted_at)
        for filing in filings
        for attachment in filing.attachments
    ]
    if rows:
        await connection.execute(ATTACH, *(list(column) for column in zip(*rows, strict=True)))
