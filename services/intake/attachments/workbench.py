"""Where arrived files are judged and made anew: one by one, so that memory stays bounded."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from services.intake.attachments.children import judge
from services.intake.attachments.domain.lifecycle import AttachmentKind
from services.intake.attachments.domain.limits import ContentDiffers
from services.intake.attachments.locking import lock
from services.intake.attachments.parts import Upload
from services.intake.attachments.store import content_of
from shared.ids import new_id

PICTURES_AT_ONCE = 1
OTHERS_AT_ONCE = 1

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
        # always the same threads: each keeps the memory of the largest file that it has had
        self._hands = ThreadPoolExecutor(PICTURES_AT_ONCE + OTHERS_AT_ONCE)
        self._pictures = asyncio.Semaphore(PICTURES_AT_ONCE)
        self._others = asyncio.Semaphore(OTHERS_AT_ONCE)

    async def make(self, upload: Upload, kind: AttachmentKind, sha256: str | None) -> Made:
        """Raises PartsMissing, UploadChanged, ContentDiffers, FileNotJudged or a FileRefused; then
        nothing is kept."""
        place = self._pictures if kind is AttachmentKind.IMAGE else self._others
        async with place:
            return await unhurried(lambda: self._made(upload, kind, sha256))

    async def _made(self, upload: Upload, kind: AttachmentKind, sha256: str | None) -> Made:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._hands, _make, upload, kind, sha256)


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
    kept = judge(source, kind, upload.rules)
    content = new_id()
    path = f"{content_of(upload.id)}/{content}"
    upload.store.write(path, lock(upload.key, path, kept.content(source)))
    return Made(content, kept.media_type, kept.size, found)
