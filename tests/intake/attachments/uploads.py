"""Uploading as a mini-program does."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

import httpx

from services.intake.attachments.store import FileStore
from shared.identity import Actor
from tests.intake.attachments.pictures import encoded, jpeg, picture
from tests.intake.people import once
from tests.stage import Stage

PART = 1024 * 1024


def large_jpeg() -> bytes:
    """A photograph of two parts and a bit."""
    plain = encoded(picture(), "JPEG")
    filling = b"\xff\xfe\xff\xff" + bytes(65_533)
    return plain[:2] + filling * 34 + plain[2:]


async def begin(
    client: httpx.AsyncClient, content: bytes, kind: str = "IMAGE", **more: Any
) -> dict[str, Any]:
    body = {"kind": kind, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    answer = await client.post("/attachments", json=body | more, headers=once())
    assert answer.status_code == 201, answer.text
    begun: dict[str, Any] = answer.json()
    return begun


def part(content: bytes, number: int) -> bytes:
    return content[(number - 1) * PART : number * PART]


async def put(
    client: httpx.AsyncClient, attachment: str, number: int, content: bytes
) -> httpx.Response:
    return await client.put(f"/attachments/{attachment}/parts/{number}", content=content)


async def finish(client: httpx.AsyncClient, attachment: str) -> httpx.Response:
    return await client.post(f"/attachments/{attachment}/completion")


async def whole(
    client: httpx.AsyncClient,
    content: bytes,
    kind: str = "IMAGE",
    name: str = "a.bin",
    key: str = "",
) -> httpx.Response:
    return await client.post(
        "/attachments/whole",
        files={"file": (name, content, "image/jpeg")},
        data={"kind": kind},
        headers=once(key or None),
    )


async def ready(
    stage: Stage, actor: Actor, content: bytes | None = None, kind: str = "IMAGE"
) -> UUID:
    """A file that can be attached."""
    async with stage.client(actor) as client:
        answer = await whole(client, content or jpeg(), kind)
    assert answer.status_code == 201, answer.text
    return UUID(answer.json()["id"])


async def content_of(client: httpx.AsyncClient, attachment: UUID | str) -> bytes:
    answer = await client.get(f"/attachments/{attachment}/content")
    assert answer.status_code == 200, answer.text
    return answer.content


def stored(stage: Stage) -> list[str]:
    """Every file in the store's folder, half-written ones included."""
    folder = stage.host.runtime.part(FileStore)._folder
    assert folder is not None
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in found)
