"""People who choose how they are told."""

from __future__ import annotations

from typing import Any

from shared.identity import Actor
from tests.samples import owner
from tests.stage import Stage


async def choose(stage: Stage, actor: Actor | None = None, **choice: Any) -> dict[str, Any]:
    """The owner, unless it is somebody else; must be taken."""
    async with stage.client(actor or owner()) as client:
        answer = await client.put("/preferences", json=choice)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def refused(stage: Stage, actor: Actor | None = None, **choice: Any) -> tuple[int, str]:
    async with stage.client(actor or owner()) as client:
        answer = await client.put("/preferences", json=choice)
    return answer.status_code, answer.json()["code"]
