"""What is kept for the facade: where estates lie, and who holds a key."""

from __future__ import annotations

from datetime import timedelta

import httpx
from sqlalchemy import text

from services.intake.open311 import clients
from shared.identity import Actor, End, Role, Scope
from shared.ids import new_id
from tests.intake.open311.calls import Facade, errors, request
from tests.intake.people import ANNA, GARDEN, RIVER_VIEW, owner
from tests.stage import Stage

FAR = {"latitude": 29.5, "longitude": 114.0}


def centre(division: str, role: Role = Role.DISPATCHER) -> Actor:
    return Actor(
        id=new_id(),
        end=End.CENTRE,
        roles=frozenset({role}),
        scope=Scope(divisions=(division,)),
        session_id=new_id(),
    )


async def put(stage: Stage, actor: Actor, body: dict[str, float]) -> httpx.Response:
    async with stage.client(actor) as client:
        return await client.put(f"/estates/{GARDEN.id}/location", json=body)


async def test_a_centre_says_where_an_estate_lies(facade: Facade, stage: Stage) -> None:
    """A01: a point on the map leads to it from then on."""
    taken = await put(stage, centre("421202"), FAR)
    assert (taken.status_code, taken.json()["latitude"]) == (200, 29.5)
    await facade.file(address_id=None, lat="29.5001", long="114.0001")
    assert await stage.count("complaint", f"estate_id = '{GARDEN.id}'") == 1
    assert await stage.count("audit_entry", "action = 'estate.located'") == 1


async def test_nobody_else_does(stage: Stage) -> None:
    elsewhere = await put(stage, centre("421221"), FAR)
    mediator = await put(stage, centre("421202", Role.MEDIATOR), FAR)
    anna = await put(stage, owner(ANNA), FAR)
    beyond = await put(stage, centre("421202"), FAR | {"latitude": 91})
    told = [answer.status_code for answer in (elsewhere, mediator, anna, beyond)]
    assert told == [404, 403, 403, 422]
    assert await stage.count("estate_location", "latitude = 29.5") == 0


async def test_a_key_opens_until_it_is_revoked(facade: Facade, stage: Stage) -> None:
    """Only the hash is kept; `hourly` is the client's own number (T01)."""
    database, now = stage.host.runtime.database, stage.clock.now()
    async with database.transaction() as session:
        client, key = await clients.create(session, "巡查系统", hourly=1, at=now)
    await facade.file(api_key=key)
    refused = await facade.post(request(api_key=key, description="同一小时里的第二件事情"))
    assert errors(refused)[0][0] == 429
    stage.clock.advance(timedelta(hours=1))
    await facade.file(api_key=key, description="下一个小时里的另外一件事情")
    async with database.transaction() as session:
        kept = (await session.execute(text("SELECT key_hash FROM open311_client"))).scalars().all()
        await clients.revoke(session, client.id, at=stage.clock.now())
    assert key not in kept
    gone = await facade.post(request(api_key=key, address_id=str(RIVER_VIEW.id)))
    assert gone.status_code == 403


async def test_no_owner_chooses_the_estate_that_is_none(stage: Stage) -> None:
    async with stage.client(owner(ANNA)) as anna:
        listed = (await anna.get("/estates")).json()["items"]
        shown = await anna.get("/estates/00000000-0000-7000-8000-000000000311")
    assert "地点待核实" not in {each["display_name"] for each in listed}
    assert shown.status_code == 404
