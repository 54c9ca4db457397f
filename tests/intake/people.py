"""Who and what the intake tests speak of: people and estates of the demo world."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from deploy.demo import world
from shared.contracts import directory
from shared.contracts.directory import EstateChanged, EstateState
from shared.identity import Actor, End, Role
from shared.ids import new_id

GARDEN = world.estate("温泉花园（演示）")
RIVER_VIEW = world.estate("鱼岳江景（演示）")
ANNA = world.owner("owner-1")  # lives in GARDEN, building 1, room 101
BORIS = world.owner("owner-3")  # lives in GARDEN too
IN_TWO_COUNTIES = world.owner("owner-2")  # GARDEN and RIVER_VIEW
TENANT = world.owner("owner-15")  # lives elsewhere

TEXT = "楼道灯坏了半个月一直没有人来修理"


def estate_changed(estate: world.Estate, version: int = 1) -> EstateChanged:
    state = EstateState(
        id=estate.id,
        version=version,
        display_name=estate.name,
        division=estate.community.street,
        community_id=estate.community.id,
        kind=estate.kind,
        households=estate.households,
        company_id=None,
        contract_until=None,
        buildings=tuple(_building(building) for building in estate.buildings),
        demo=True,
    )
    return EstateChanged(estate=state)


def _building(building: world.Building) -> directory.Building:
    return directory.Building(
        id=building.id,
        number=building.number,
        grid_code=building.coverage[0].grid_code,
        houses=tuple(
            directory.House(id=house.id, unit=house.unit, room=house.room, area=house.area)
            for house in building.houses
        ),
    )


def lives_in(person: world.Owner, estate: world.Estate) -> bool:
    return any(home.estate is estate for home in person.homes)


def owner(person: world.Owner) -> Actor:
    return acting_owner(person.id)


def acting_owner(owner_id: UUID) -> Actor:
    return Actor(id=owner_id, end=End.OWNER, roles=frozenset({Role.OWNER}), session_id=new_id())


def hotline() -> Actor:
    return Actor(
        id=new_id(),
        end=End.INTEGRATION,
        roles=frozenset({Role.HOTLINE}),
        session_id=new_id(),
    )


def complaint(**changes: Any) -> dict[str, Any]:
    """A body for POST /complaints."""
    return {"estate_id": str(GARDEN.id), "text": TEXT} | changes


def once(key: str | None = None) -> dict[str, str]:
    """The header that makes a POST safe to repeat."""
    return {"Idempotency-Key": key or str(new_id())}
