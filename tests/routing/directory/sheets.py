"""Sheets of houses as an administrator uploads them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import uuid4

import httpx

from services.routing.directory.imports.columns import COLUMNS
from shared.identity import Actor
from shared.sheets import XlsxWriter, csv_lines
from tests.routing.directory.people import administrator
from tests.stage import Stage

PATH = "/directory/imports"
HEADER = [column.chinese for column in COLUMNS]
COMMUNITY, GRID = "421202001901", "421202001901001"
NEW_ESTATE = "温泉新苑（演示）"


def line(**changes: Any) -> list[object]:
    """A house of a new estate."""
    values: dict[str, object] = {
        "community": COMMUNITY,
        "estate": NEW_ESTATE,
        "kind": "新建",
        "households": None,
        "building": "1",
        "grid": GRID,
        "unit": "1",
        "room": "101",
        "area": 90.5,
    }
    return list((values | changes).values())


def workbook(*rows: Sequence[object], header: Sequence[str] = tuple(HEADER)) -> bytes:
    writer = XlsxWriter("导入", header)
    for row in rows:
        writer.append(row)
    with writer.saved() as file:
        return file.read()


def csv(rows: Iterable[Sequence[object]]) -> bytes:
    return b"".join(csv_lines(HEADER, rows))


async def upload(
    stage: Stage, content: bytes, actor: Actor | None = None, key: str = ""
) -> httpx.Response:
    headers = {"Idempotency-Key": key or str(uuid4())}
    async with stage.client(actor or administrator()) as client:
        return await client.post(PATH, files={"file": ("表.xlsx", content)}, headers=headers)


async def previewed(stage: Stage, *rows: Sequence[object]) -> Any:
    answer = await upload(stage, workbook(*rows))
    assert answer.status_code == 201, answer.text
    return answer.json()


async def confirm(
    stage: Stage, seen: Any, actor: Actor | None = None, key: str = ""
) -> httpx.Response:
    headers = {"Idempotency-Key": key or str(uuid4())}
    async with stage.client(actor or administrator()) as client:
        return await client.post(f"{PATH}/{seen['id']}/confirmation", headers=headers)
