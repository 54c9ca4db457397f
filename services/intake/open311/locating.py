"""From what a reporter says of the place to an estate of the directory."""

from __future__ import annotations

from collections.abc import Iterable
from math import cos, radians
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.intake.complaints.domain.placing import Wish
from services.intake.houses.queries import buildings_of
from services.intake.houses.tables import Building, Estate
from services.intake.open311.domain.places import Point, building_in, estate_in, metres_between
from services.intake.open311.tables import EstateLocation
from shared.contracts.directory import UNPLACED_ESTATE, UNPLACED_NAME

METRES_OF_A_DEGREE = 111_000


async def wish_for(
    session: AsyncSession,
    *,
    address_id: str | None,
    address: str | None,
    building: str | None,
    point: Point | None,
    within: int,
    division: str,
) -> Wish:
    """By the id of an estate or a building, else by the name in the address, else by the nearest
    estate `within` so many metres of the point; else it is filed for a person to place.
    """
    known = await _by_id(session, address_id)
    if known is not None and known.building_id is not None:
        return known
    estate = known.estate_id if known else await _estate(session, address, point, within)
    if estate is None:
        return await _unplaced(session, division)
    return Wish(estate, await _building(session, estate, (building, address)))


async def _by_id(session: AsyncSession, address_id: str | None) -> Wish | None:
    try:
        wanted = UUID(address_id) if address_id else None
    except ValueError:
        return None
    if wanted is None or wanted == UNPLACED_ESTATE:
        return None
    if await session.get(Estate, wanted) is not None:
        return Wish(wanted)
    found = await session.execute(
        select(Building)
        .join(Estate, col(Estate.id) == Building.estate_id)
        .where(Building.id == wanted, Building.version == Estate.version)
    )
    building = found.scalar_one_or_none()
    return Wish(building.estate_id, building.id) if building else None


async def _estate(
    session: AsyncSession, address: str | None, point: Point | None, within: int
) -> UUID | None:
    if address:
        rows = await session.execute(
            select(Estate.id, Estate.display_name).where(col(Estate.id) != UNPLACED_ESTATE)
        )
        named = estate_in(address, [(row.id, row.display_name) for row in rows])
        if named is not None:
            return named
    return await _nearest(session, point, within) if point else None


async def _nearest(session: AsyncSession, point: Point, within: int) -> UUID | None:
    """Of those in a box around the point."""
    latitude, longitude = point
    reach = within / METRES_OF_A_DEGREE
    aside = reach / max(0.01, cos(radians(latitude)))
    rows = await session.execute(
        select(EstateLocation)
        .join(Estate, col(Estate.id) == EstateLocation.estate_id)
        .where(
            col(EstateLocation.latitude).between(latitude - reach, latitude + reach),
            col(EstateLocation.longitude).between(longitude - aside, longitude + aside),
        )
    )
    distances = [
        (metres_between(point, (each.latitude, each.longitude)), each.estate_id)
        for each in rows.scalars()
    ]
    distance, estate = min(distances, default=(within + 1, None))
    return estate if distance <= within else None


async def _building(
    session: AsyncSession, estate_id: UUID, words: Iterable[str | None]
) -> UUID | None:
    estate = await session.get_one(Estate, estate_id)
    buildings = [(each.id, each.number) for each in await buildings_of(session, estate)]
    found = (building_in(each, buildings) for each in words if each)
    return next((each for each in found if each is not None), None)


async def _unplaced(session: AsyncSession, division: str) -> Wish:
    """The row says whose centre looks for the place; the rulebook may name another one day."""
    row = insert(Estate).values(
        id=UNPLACED_ESTATE, version=0, display_name=UNPLACED_NAME, division=division, households=0
    )
    await session.execute(
        row.on_conflict_do_update(
            index_elements=["id"],
            set_={"division": row.excluded.division},
            where=col(Estate.division) != row.excluded.division,
        )
    )
    return Wish(UNPLACED_ESTATE)
