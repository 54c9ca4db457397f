"""Where arrived files are judged and made anew: a few at a time, so that memory stays bounded."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from services.intake.attachments.domain.content.formats import Format
from services.intake.attachments.domain.content.judging import bare, format_as
from services.intake.attachments.domain.content.pieces import Kept
from services.intake.attachments.domain.lifecycle import AttachmentKind
from services.intake.attachments.domain.limits import ContentDiffers
from services.intake.attachments.locking import lock
from services.intake.attachments.parts import PartsSource, Upload
from services.intake.attachments.pictures import redraw
from services.intake.attachments.store import content_of
from shared.ids import new_id

PICTURES_AT_ONCE = 1
OTHERS_AT_ONCE = 2

T = TypeVar("T")


@dataclass(frozen=True)
class Made:
    """What lies in the store now, under `content`."""

    content: UUID
    media_type: str
    size: int
    sha256: str


class Workbench:
    """One for each process."""

    def __init__(self) -> None:
        self._pictures = asyncio.Semaphore(PICTURES_AT_ONCE)
        self._others = asyncio.Semaphore(OTHERS_AT_ONCE)

    async def make(self, upload: Upload, kind: AttachmentKind, sha256: str | None) -> Made:
        """Raises PartsMissing, ContentDiffers or a FileRefused; then nothing is kept."""
        place = self._pictures if kind is AttachmentKind.IMAGE else self._others
        async with place:
            return await unhurried(lambda: asyncio.to_thread(_make, upload, kind, sha256))


async def unhurried(work: Callable[[], Awaitable[T]]) -> T:
    """A thread cannot be called off: whoever goes away meanwhile leaves the place taken until it
    has ended.
    """
    task = asyncio.ensure_future(work())
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise


def _make(upload: Upload, kind: AttachmentKind, sha256: str | None) -> Made:
    source = upload.source()
    found = source.sha256()
    if sha256 is not None and found != sha256:
        raise ContentDiffers
    kept = _kept(upload, kind, source)
    content = new_id()
    path = f"{content_of(upload.id)}/{content}"
    upload.store.write(path, lock(upload.key, path, kept.content(source)))
    return Made(content, kept.media_type, kept.size, found)


def _kept(upload: Upload, kind: AttachmentKind, source: PartsSource) -> Kept:
    what = format_as(kind, source)
    if what is Format.PICTURE:
        return redraw(source.at(0, source.size), upload.rules)
    return bare(kind, what, source)
