"""Reading whole worklists, page by page."""

from __future__ import annotations

from typing import Any

from shared.identity import Actor
from tests.routing.drama import Drama


async def whole_list(drama: Drama, actor: Actor, *, limit: int = 3, **query: Any) -> list[Any]:
    """Every line of the worklist, through as many pages as it takes."""
    lines: list[Any] = []
    cursor = None
    while True:
        further: dict[str, str] = {"cursor": cursor} if cursor else {}
        page = await drama.see(actor, "/worklist", limit=limit, **query, **further)
        lines += page["items"]
        cursor = page["next"]
        if cursor is None:
            return lines


async def numbers(drama: Drama, actor: Actor, **query: Any) -> list[str]:
    return [line["number"] for line in await whole_list(drama, actor, **query)]
