"""Many households in one estate, so that filing can be measured with every limit in force.

Whoever measures with a few owners measures refusals: an account may file twenty complaints a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from bench.world import World
from shared.clock import SystemClock
from shared.rulebook import load_shelf
from shared.settings import RULEBOOKS

HOUSEHOLDS = 20_000

ESTATE = """
    INSERT INTO estate (id, version, display_name, division, households)
    VALUES ($1, 1, '测速花园（演示）', '421202001', $2)
"""
BUILDING = "INSERT INTO building (id, version, estate_id, number) VALUES ($1, 1, $2, '1')"
HOUSES = """
    INSERT INTO house (id, version, estate_id, building_id, unit, room)
    SELECT id, 1, $2, $3, '1', CAST(place AS text)
    FROM unnest($1::uuid[]) WITH ORDINALITY AS houses (id, place)
"""
OWNERS = """
    INSERT INTO owner (id, version, openid, openid_index, active, registered_at,
                       privacy_version, privacy_at)
    SELECT id, 1, 'none', CAST(id AS text), true, $2, $3, $2 FROM unnest($1::uuid[]) AS owners (id)
"""
BINDINGS = """
    INSERT INTO house_binding (id, owner_id, house_id, estate_id, relation, state, requested_at)
    SELECT gen_random_uuid(), owner_id, house_id, $3, 'OWNER', 'VERIFIED', $4
    FROM unnest($1::uuid[], $2::uuid[]) AS homes (owner_id, house_id)
"""


@dataclass(frozen=True)
class Neighbourhood:
    estate_id: UUID
    owners: list[UUID]

    def address_of(self, index: int) -> str:
        """Where an owner's telephone is seen, as the proxy tells it."""
        return f"10.{index >> 16 & 255}.{index >> 8 & 255}.{index & 255}"


async def settled(world: World) -> Neighbourhood:
    """Written straight into intake's tables: how owners get there is measured nowhere."""
    estate, building = uuid4(), uuid4()
    owners, houses = ([uuid4() for _ in range(HOUSEHOLDS)] for _ in range(2))
    now = datetime.now(UTC)
    connection = await world.connect("intake")
    try:
        await connection.execute(ESTATE, estate, HOUSEHOLDS)
        await connection.execute(BUILDING, building, estate)
        await connection.execute(HOUSES, houses, estate, building)
        await connection.execute(OWNERS, owners, now, _notice(world))
        await connection.execute(BINDINGS, owners, houses, estate, now)
        await connection.execute("ANALYZE")
    finally:
        await connection.close()
    return Neighbourhood(estate, owners)


def _notice(world: World) -> str:
    shelf = load_shelf(Path(world.environment.get("LIUDUAN_RULEBOOKS") or RULEBOOKS))
    return shelf.in_force_at(SystemClock().now()).privacy.notice_version
