"""Pumping messages, accepting prompts, and seeing what became of it, as staff see it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from services.notify.messages.domain.catalogue import Template
from services.notify.messages.sending.sender import MessageSender
from shared.identity import End, Role
from tests.notify.news import OWNER_NAME
from tests.notify.town import Town
from tests.samples import CASE, COMMUNITY, DIVISION, WORKER, owner, staff
from tests.stage import Stage

GRID_STAFF = staff(WORKER, End.GRID, Role.GRID_WORKER, COMMUNITY, (DIVISION,))


@dataclass(frozen=True)
class Record:
    state: str
    attempts: list[tuple[str, str, str | None]]


async def pump(stage: Stage) -> int:
    return await stage.host.runtime.part(MessageSender).pump()


async def subscribe(stage: Stage, town: Town, template: Template, times: int = 1) -> None:
    """The owner accepts prompts; the vendor and our ledger both hear of it."""
    town.accept(OWNER_NAME, template, times)
    async with stage.client(owner()) as client:
        for _ in range(times):
            answer = await client.post(
                "/subscriptions",
                json={"template": template, "accepted": True},
                headers={"Idempotency-Key": str(uuid4())},
            )
            assert answer.status_code == 201


async def remaining(stage: Stage, template: Template) -> int:
    async with stage.client(owner()) as client:
        rows = (await client.get("/subscriptions")).json()
    return {row["template"]: int(row["remaining"]) for row in rows}[template]


async def record_of(stage: Stage, code: str) -> Record:
    """As staff see it."""
    async with stage.client(GRID_STAFF) as client:
        items = (await client.get("/messages", params={"case_id": str(CASE)})).json()["items"]
    (message,) = [item for item in items if item["notification"] == code]
    attempts = [(a["channel"], a["outcome"], a["reason"]) for a in message["attempts"]]
    return Record(message["state"], attempts)
