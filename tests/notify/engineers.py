"""Engineers of a department and of a court at their desks, and what they ask for."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx

from shared.identity import End, Role
from tests.notify.hooks import hook
from tests.samples import COURT, FIRE, named, staff
from tests.stage import Stage

ENGINEER = staff(named("fire engineer"), End.DEPARTMENT, Role.STAFF_ADMINISTRATOR, FIRE)
COURT_ENGINEER = staff(named("court engineer"), End.COURT, Role.STAFF_ADMINISTRATOR, COURT)
OBSERVER = staff(named("observer"), End.DEPARTMENT, Role.CITY_OBSERVER, FIRE)

DAY = {"since": "2026-03-02T00:00:00+08:00", "until": "2026-03-03T00:00:00+08:00"}


def key() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid4())}


async def post(client: httpx.AsyncClient, path: str, body: Any = None) -> httpx.Response:
    return await client.post(f"/webhooks/{path}", json=body, headers=key())


async def asked(stage: Stage, path: str, body: Any = None) -> Any:
    """The answer to the fire brigade's engineer, who is let do this."""
    async with stage.client(ENGINEER) as client:
        answer = await post(client, path, body)
    assert answer.is_success, answer.text
    return answer.json()


async def read(stage: Stage, path: str) -> Any:
    async with stage.client(ENGINEER) as client:
        answer = await client.get(f"/webhooks/{path}")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def registered(stage: Stage, **wanted: Any) -> dict[str, Any]:
    """The endpoint of the fire brigade, with its secret."""
    shown: dict[str, Any] = await asked(stage, "endpoints", {"url": hook(FIRE)} | wanted)
    return shown
