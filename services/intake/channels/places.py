"""Finding the estate and the building that somebody names in words."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.intake.channels.domain.names import only, plain_building, plain_estate
from services.intake.houses.queries import buildings_of
from services.intake.houses.tables import Building, Estate
from shared.contracts.directory import UNPLACED_ESTATE
from shared.divisions import STREET_DIGITS

MOST = 50


@dataclass(frozen=True)
class Place:
    """`estate_id` is UNPLACED_ESTATE where nobody can say yet which estate is meant."""

    estate_id: UUID = UNPLACED_ESTATE
    building_id: UUID | None = None

    @property
    def is_known(self) -> bool:
        return self.estate_id != UNPLACED_ESTATE


async def find_place(
    session: AsyncSession, estate: str | None, building: str | None, division: str | None = None
) -> Place:
    """By their names; a building that is not found leaves the estate."""
    found = await find_estate(session, estate, division) if estate else None
    if found is None:
        return Place()
    house = await find_building(session, found, building) if building else None
    return Place(found.id, house.id if house else None)


async def find_estate(
    session: AsyncSession, name: str, division: str | None = None
) -> Estate | None:
    """The one estate of that name, within `division` if that is said; of two, none."""
    plain = plain_estate(name)
    if not plain:
        return None
    query = select(Estate).where(
        col(Estate.display_name).icontains(plain, autoescape=True),
        col(Estate.id) != UNPLACED_ESTATE,
    )
    if division:
        query = query.where(
            col(Estate.division).startswith(division[:STREET_DIGITS], autoescape=True)
        )
    rows = (await session.execute(query.order_by(col(Estate.id)).limit(MOST))).scalars().all()
    position = only((plain_estate(row.display_name) for row in rows), plain)
    return None if position is None else rows[position]


async def find_building(session: AsyncSession, estate: Estate, number: str) -> Building | None:
    rows = await buildings_of(session, estate)
    position = only((plain_building(row.number) for row in rows), plain_building(number))
    return None if position is None else rows[position]
