"""Letting the screener work, and seeing what it decided, as the centre sees it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import text

from deploy.demo import world
from services.intake.screening.queries import files_shown_to_others, shown_to_others
from services.intake.screening.screener import Screener
from shared.identity import Actor, End, Role, Scope
from shared.ids import new_id
from tests.intake.people import ANNA, GARDEN, complaint, once, owner
from tests.stage import Stage


def dispatcher(*divisions: str) -> Actor:
    return Actor(
        id=new_id(),
        end=End.CENTRE,
        roles=frozenset({Role.DISPATCHER}),
        scope=Scope(divisions=divisions),
        session_id=new_id(),
    )


CENTRE = dispatcher(GARDEN.community.street)
ELSEWHERE = dispatcher("421281")


async def file(stage: Stage, person: world.Owner = ANNA, **body: Any) -> UUID:
    async with stage.client(owner(person)) as client:
        answer = await client.post("/complaints", json=complaint(**body), headers=once())
    assert answer.status_code == 201, answer.text
    return UUID(answer.json()["id"])


async def pump(stage: Stage) -> int:
    return await stage.host.runtime.part(Screener).pump()


async def is_shown(stage: Stage, complaint_id: UUID) -> bool:
    async with stage.host.runtime.database.transaction() as session:
        return complaint_id in await shown_to_others(session, [complaint_id])


async def is_file_shown(stage: Stage, attachment_id: UUID) -> bool:
    async with stage.host.runtime.database.transaction() as session:
        return attachment_id in await files_shown_to_others(session, [attachment_id])


async def listed(stage: Stage, actor: Actor = CENTRE, state: str = "HELD") -> list[dict[str, Any]]:
    async with stage.client(actor) as client:
        answer = await client.get("/screenings", params={"state": state})
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def why(stage: Stage) -> list[tuple[str, str | None, int | None]]:
    """State, reason and label of every screening, oldest first."""
    query = text("SELECT state, reason, label FROM screening ORDER BY written_at, id")
    async with stage.host.runtime.database.transaction() as session:
        return [tuple(row) for row in await session.execute(query)]
