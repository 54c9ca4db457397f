"""Giving a file away: decrypted as it streams, and never as something that a browser would run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from fastapi import Response
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from services.intake.attachments.domain.content.judging import EXTENSIONS
from services.intake.attachments.domain.lifecycle import AttachmentKind
from services.intake.attachments.domain.ranges import RangeNotThere, wanted_range
from services.intake.attachments.keys import opened_key
from services.intake.attachments.locking import locked_size, unlock
from services.intake.attachments.store import FileStore, content_of
from services.intake.attachments.tables import Attachment
from shared.runtime import Runtime
from shared.web.problems import problem

OK, PARTIAL, NOT_THERE = 200, 206, 416
GUARDED: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Referrer-Policy": "no-referrer",
    "Accept-Ranges": "bytes",
}


async def answer(runtime: Runtime, attachment: Attachment, asked: str | None) -> Response:
    """`asked` is the Range header. Raises AttachmentLost, FilesNotKept or FilesUnreachable."""
    size = attachment.size or 0
    try:
        span = wanted_range(asked, size)
    except RangeNotThere as refused:
        answer: Response = problem(refused, status=NOT_THERE)
        answer.headers["Content-Range"] = f"bytes */{size}"
        return answer
    start, end = span or (0, size)
    content = _content(runtime, attachment, start, end)
    first = await run_in_threadpool(next, content, b"")
    headers = {**GUARDED, **_naming(attachment), "Content-Length": str(end - start)}
    if span:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return StreamingResponse(
        chain([first], content),
        status_code=PARTIAL if span else OK,
        media_type=attachment.media_type,
        headers=headers,
    )


def _content(runtime: Runtime, attachment: Attachment, start: int, end: int) -> Iterator[bytes]:
    size, key = attachment.size or 0, opened_key(runtime, attachment)
    path = f"{content_of(attachment.id)}/{attachment.content}"
    read = runtime.part(FileStore).reader(path, locked_size(size))
    return unlock(key, path, read, size, start, end)


def _naming(attachment: Attachment) -> Mapping[str, str]:
    """Named by us: what somebody called a file is told to nobody."""
    name = f"{attachment.id}.{EXTENSIONS.get(attachment.media_type or '', 'bin')}"
    way = "attachment" if attachment.kind == AttachmentKind.DOCUMENT else "inline"
    return {"Content-Disposition": f'{way}; filename="{name}"'}
