"""Sheets over HTTP: one file in a multipart body, and a workbook that is streamed away."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import IO, Annotated, Any
from urllib.parse import quote

from fastapi import Depends, Request
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException as Unparsable

from shared.errors import BadRequest

FIELD = "file"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
PIECE = 65_536


class UploadMissing(BadRequest):
    """Send one file in the field `file` of a multipart/form-data body."""

    code = "UPLOAD_MISSING"
    chinese = "请以 multipart/form-data 上传一个文件，字段名为 file。"


async def uploaded(request: Request) -> bytes:
    """The bytes of the file. The body is read first, so that the request can be told again by it:
    a framework that parses the form by itself leaves no body for the Idempotency-Key.

    Raises UploadMissing.
    """
    await request.body()
    try:
        async with request.form(max_files=1, max_fields=10) as form:
            file = form.get(FIELD)
            if not isinstance(file, UploadFile):
                raise UploadMissing
            return await file.read()
    except Unparsable:
        raise UploadMissing from None


UploadedFile = Annotated[bytes, Depends(uploaded)]

UPLOAD: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": [FIELD],
                    "properties": {FIELD: {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}


def workbook(file: IO[bytes], name: str) -> StreamingResponse:
    """`name` may be Chinese; the file is closed once it has been sent."""
    return StreamingResponse(_pieces(file), media_type=XLSX, headers=attachment(name))


def attachment(name: str) -> dict[str, str]:
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}


async def _pieces(file: IO[bytes]) -> AsyncIterator[bytes]:
    with file:
        while piece := await run_in_threadpool(file.read, PIECE):
            yield piece
