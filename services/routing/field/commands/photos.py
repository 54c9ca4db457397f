"""Photographs come by themselves; records name them, before or after."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert

from services.routing.field.domain.pictures import PhotoTooLarge, bare
from services.routing.field.queries import photo_of
from services.routing.field.schemas import PhotoOut
from services.routing.field.store import PhotoStore, new_key
from services.routing.field.tables import FieldPhoto
from services.routing.occasion import Occasion
from shared.errors import Invalid

PHOTOS = "field_photo"

MENTION = text("""
    INSERT INTO photo_mention (case_id, actor_id, photo_id, kind, taken_at)
    SELECT :case_id, :actor_id, photo_id, :kind, :taken_at
      FROM unnest(CAST(:photo_ids AS uuid[])) AS named (photo_id)
    ON CONFLICT DO NOTHING
""")


class PhotoIdReused(Invalid):
    """You have sent another photograph under this id."""

    code = "PHOTO_ID_REUSED"
    chinese = "该照片编号已用于另一张照片。"


async def keep(on: Occasion, photo_id: UUID, content: bytes) -> PhotoOut:
    """Once, however often it is sent. Raises PhotoTooLarge, PhotoTypeRefused or PhotoIdReused."""
    most = on.runtime.rulebooks.in_force_at(on.now).field_work.photo_bytes_at_most
    if len(content) > most:
        raise PhotoTooLarge(bytes_at_most=most)
    picture, media_type = await asyncio.to_thread(bare, content)
    sent = hashlib.sha256(content).hexdigest()
    if await _reserved(on, photo_id, sent, media_type, len(picture)):
        photo = await _known(on, photo_id)
        key = on.reveal(photo.key, PHOTOS, photo_id, "key")
        await on.runtime.part(PhotoStore).write(on.actor.id, photo_id, picture, key)
        on.audit("photo.kept", "photo", photo_id, {"size": photo.size})
    photo = await _known(on, photo_id)
    if photo.sha256 != sent:
        raise PhotoIdReused
    return PhotoOut(id=photo_id, arrived=True, media_type=photo.media_type, size=photo.size)


async def mention(on: Occasion, case_id: UUID, photo_ids: Iterable[UUID], kind: str) -> None:
    """Only one's own: nobody gets to see a photograph by guessing its id."""
    named = list(photo_ids)
    if named:
        values = {"case_id": case_id, "actor_id": on.actor.id, "photo_ids": named}
        taken_at = on.happened_at or on.now
        await on.session.execute(MENTION, values | {"kind": kind, "taken_at": taken_at})


async def opened(on: Occasion, case_id: UUID, photo_id: UUID) -> tuple[str, bytes]:
    """Its media type and content. Raises PhotoNotFound."""
    photo = await photo_of(on.session, case_id, photo_id)
    key = on.reveal(photo.key, PHOTOS, photo.id, "key")
    return photo.media_type, await on.runtime.part(PhotoStore).load(photo.actor_id, photo.id, key)


async def _reserved(on: Occasion, photo_id: UUID, sent: str, media_type: str, size: int) -> bool:
    """Whether it is new. The row is committed once its file lies there; whoever sends the same
    photograph at the same time waits for that.
    """
    inserted = await on.session.execute(
        insert(FieldPhoto)
        .values(
            actor_id=on.actor.id,
            id=photo_id,
            sha256=sent,
            media_type=media_type,
            size=size,
            key=on.conceal(new_key(), PHOTOS, photo_id, "key"),
            arrived_at=on.now,
        )
        .on_conflict_do_nothing()
    )
    return bool(inserted.rowcount)  # type: ignore[attr-defined]


async def _known(on: Occasion, photo_id: UUID) -> FieldPhoto:
    return await on.session.get_one(FieldPhoto, (on.actor.id, photo_id))
