"""An upload begins: its size and kind are known, its place and key are made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.intake.attachments.domain.lifecycle import FIRST, AttachmentKind
from services.intake.attachments.domain.limits import UploadLimitReached, refuse_size
from services.intake.attachments.keys import fresh_key
from services.intake.attachments.store import FilesNotKept, FileStore
from services.intake.attachments.tables import Attachment
from shared.clock import BEIJING
from shared.identity import Actor
from shared.ids import new_id
from shared.rulebook.sections.files import Files
from shared.runtime import Runtime
from shared.web.once import IdempotencyKeyReused

BY_KEY = UUID("5d0f7c1e-3f0b-5b0a-9a51-0a6f0e1f2c33")

COUNT = text("""
    INSERT INTO attachment_tally AS tally (uploaded_by, day, files, bytes)
    VALUES (:uploaded_by, :day, 1, :size)
    ON CONFLICT (uploaded_by, day)
    DO UPDATE SET files = tally.files + 1, bytes = tally.bytes + excluded.bytes
     WHERE tally.files < :files AND tally.bytes + excluded.bytes <= :bytes
    RETURNING files
""")


@dataclass(frozen=True)
class Announced:
    """What is going to be sent; `sha256` in hexadecimal, if it is known yet."""

    kind: AttachmentKind
    size: int
    sha256: str | None = None


async def start(
    session: AsyncSession, runtime: Runtime, actor: Actor, what: Announced, at: datetime
) -> Attachment:
    """Raises FilesNotKept, FileTooLarge or UploadLimitReached."""
    return await _begun(session, runtime, actor, what, new_id(), at)


async def start_once(
    session: AsyncSession, runtime: Runtime, actor: Actor, what: Announced, key: str, at: datetime
) -> Attachment:
    """The same attachment for the same Idempotency-Key, so that a file sent whole may come again.

    Raises IdempotencyKeyReused as well when it was another file.
    """
    attachment_id = uuid5(BY_KEY, f"{actor.id}:{key}")
    known = await session.get(Attachment, attachment_id)
    attachment = known or await _begun(session, runtime, actor, what, attachment_id, at)
    same = Announced(AttachmentKind(attachment.kind), attachment.declared_size, attachment.sha256)
    if same != what:
        raise IdempotencyKeyReused
    return attachment


async def _begun(
    session: AsyncSession,
    runtime: Runtime,
    actor: Actor,
    what: Announced,
    attachment_id: UUID,
    at: datetime,
) -> Attachment:
    """Whoever begins the same one at the same time finds the row of the other."""
    if not runtime.part(FileStore).kept:
        raise FilesNotKept
    rules = runtime.rulebooks.in_force_at(at).files
    refuse_size(rules, what.kind, what.size)
    row = insert(Attachment).values(
        id=attachment_id,
        uploaded_by=actor.id,
        state=FIRST,
        kind=what.kind,
        declared_size=what.size,
        sha256=what.sha256,
        key=fresh_key(runtime, attachment_id),
        started_at=at,
    )
    inserted = await session.execute(row.on_conflict_do_nothing().returning(col(Attachment.id)))
    if inserted.first() is not None:
        await _count(session, actor, what.size, rules, at)
    return await session.get_one(Attachment, attachment_id)


async def _count(
    session: AsyncSession, actor: Actor, size: int, rules: Files, at: datetime
) -> None:
    """Raises UploadLimitReached. What is deleted again has been sent all the same."""
    day = at.astimezone(BEIJING).date()
    limits = {"files": rules.files_per_day, "bytes": rules.bytes_per_day}
    values = {"uploaded_by": actor.id, "day": day, "size": size}
    if (await session.execute(COUNT, values | limits)).first() is None:
        raise UploadLimitReached(
            files_per_day=rules.files_per_day, bytes_per_day=rules.bytes_per_day
        )
