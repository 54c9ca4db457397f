"""Estates and who serves them."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.routing.directory.queries.known import KnownEstate, KnownOrganisation
from services.routing.directory.queries.organisations import known_organisation
from services.routing.directory.tables import (
    Building,
    Estate,
    House,
    Organisation,
    ServiceContract,
)
from shared.clock import BEIJING

NEXT_TURN = text("""
    SELECT min(day) FROM (
           SELECT valid_from AS day FROM building_coverage
             JOIN building ON building.id = building_id WHERE estate_id = :estate_id
           UNION SELECT valid_from FROM service_contract WHERE estate_id = :estate_id
           UNION SELECT valid_to + 1 FROM service_contract WHERE estate_id = :estate_id) AS turns
     WHERE day > :today
""")


async def estate_by_id(session: AsyncSession, estate_id: UUID) -> KnownEstate | None:
    row = await session.get(Estate, estate_id)
    return known_estate(row) if row else None


async def company_of_estate(
    session: AsyncSession, estate_id: UUID, at: datetime
) -> KnownOrganisation | None:
    """The company whose contract includes that day in Beijing (A03, X40); None in X29."""
    day = at.astimezone(BEIJING).date()
    found = await session.execute(
        select(Organisation)
        .join(ServiceContract, col(ServiceContract.company_id) == Organisation.id)
        .where(
            col(ServiceContract.estate_id) == estate_id,
            col(ServiceContract.valid_from) <= day,
            or_(col(ServiceContract.valid_to).is_(None), col(ServiceContract.valid_to) >= day),
        )
    )
    row = found.scalar_one_or_none()
    return known_organisation(row) if row else None


async def next_turn_of_estate(session: AsyncSession, estate_id: UUID, today: date) -> date | None:
    """The next day on which a building has another grid, or the estate another company."""
    day: date | None = await session.scalar(NEXT_TURN, {"estate_id": estate_id, "today": today})
    return day


async def is_house_of(session: AsyncSession, house_id: UUID, estate_id: UUID) -> bool:
    found = await session.execute(
        select(col(House.id))
        .join(Building, col(Building.id) == House.building_id)
        .where(col(House.id) == house_id, col(Building.estate_id) == estate_id)
    )
    return found.scalar() is not None


def known_estate(row: Estate) -> KnownEstate:
    return KnownEstate(
        id=row.id,
        version=row.version,
        display_name=row.display_name,
        division=row.division,
        community_id=row.community_id,
        kind=row.kind,
        households=row.households,
    )
