"""The demo world's staff as actors, and the few requests that many tests make."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx

from deploy.demo import world
from shared.identity import Actor, End, Role, Scope
from tests.environment import environment
from tests.stage import Stage

PASSWORD = environment()["LIUDUAN_DEMO_PASSWORD"]


def staff(account: str) -> Actor:
    """As the account's token would say."""
    person = world.staff(account)
    grids = (g.code for g in world.GRIDS if account in (g.leader, *g.workers))
    return Actor(
        id=person.id,
        end=person.end,
        roles=frozenset(person.roles),
        organisation_id=person.organisation_id,
        scope=Scope(
            divisions=person.divisions,
            estates=frozenset(estate.id for estate in person.estates),
            grids=frozenset(grids),
        ),
        session_id=uuid4(),
        interests=frozenset(person.interests),
    )


def administrator(division: str = "4212") -> Actor:
    return Actor(
        id=world.staff("guanli.shi").id,
        end=End.CENTRE,
        roles=frozenset({Role.ADMINISTRATOR}),
        organisation_id=world.centre(division),
        scope=Scope(divisions=(division,)),
        session_id=uuid4(),
    )


def owner() -> Actor:
    person = world.owner("owner-1")
    return Actor(id=person.id, end=End.OWNER, roles=frozenset({Role.OWNER}), session_id=uuid4())


async def get(stage: Stage, actor: Actor, path: str, **query: Any) -> Any:
    async with stage.client(actor) as client:
        answer = await client.get(path, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def send(
    stage: Stage, actor: Actor, method: str, path: str, body: Any = None, key: str = ""
) -> httpx.Response:
    """With an Idempotency-Key of its own unless `key` is given."""
    headers = {"Idempotency-Key": key or str(uuid4())}
    async with stage.client(actor) as client:
        return await client.request(method, path, json=body, headers=headers)


async def sign_in(stage: Stage, account: str, **more: str) -> httpx.Response:
    body = {"account": account, "password": PASSWORD} | more
    async with stage.client() as client:
        return await client.post("/sessions", json=body)


def bearer(session: Any) -> dict[str, str]:
    return {"Authorization": f"Bearer {session['access_token']}"}
