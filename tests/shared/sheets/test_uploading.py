"""Sheets over HTTP: one file per request, taken once whatever boundary the client draws."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI, Request, Response

from shared.sheets import XlsxWriter
from shared.web import problems
from shared.web.once import fingerprint
from shared.web.sheets import UPLOAD, UploadedFile, workbook

app = FastAPI()
problems.install(app)


@app.post("/imports", openapi_extra=UPLOAD)
async def take(file: UploadedFile, request: Request) -> dict[str, int]:
    return {"file": len(file), "body": len(await request.body())}


@app.get("/template.xlsx")
async def give() -> Response:
    return workbook(XlsxWriter("表", ["小区"]).saved(), "模板.xlsx")


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://sheets.test") as client:
        yield client


async def test_a_file_is_read_and_its_body_is_still_there(client: httpx.AsyncClient) -> None:
    answer = await client.post("/imports", files={"file": ("表.csv", b"12345")})
    assert answer.json()["file"] == 5
    assert answer.json()["body"] > 5


@pytest.mark.parametrize(
    "request_",
    [
        {"json": {}},
        {"data": {"file": "no file"}},
        {"files": {"other": ("x.csv", b"1")}},
        {"files": [("file", ("x.csv", b"1")), ("file", ("y.csv", b"2"))]},
        {"content": b"--x", "headers": {"content-type": "multipart/form-data"}},
        {"content": b"nothing", "headers": {"content-type": "multipart/form-data; boundary=x"}},
    ],
)
async def test_anything_but_one_file_is_refused(
    client: httpx.AsyncClient, request_: dict[str, object]
) -> None:
    answer = await client.post("/imports", **request_)  # type: ignore[arg-type]
    assert (answer.status_code, answer.json()["code"]) == (400, "UPLOAD_MISSING")


async def test_a_workbook_is_streamed_under_a_chinese_name(client: httpx.AsyncClient) -> None:
    answer = await client.get("/template.xlsx")
    assert answer.content.startswith(b"PK\x03\x04")
    assert answer.headers["content-disposition"].endswith("''%E6%A8%A1%E6%9D%BF.xlsx")


def test_the_same_file_is_the_same_request() -> None:
    """An app that sends again draws a new boundary; another file is another request."""

    def sent(boundary: bytes, file: bytes) -> str:
        body = b"--" + boundary + b"\r\n\r\n" + file + b"\r\n--" + boundary + b"--"
        return fingerprint("POST", "/imports", body, boundary)

    assert sent(b"one", b"file") == sent(b"two", b"file")
    assert sent(b"one", b"file") != sent(b"one", b"other")
