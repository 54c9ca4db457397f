"""An estate, whole: buildings with the grid of the day, houses, all contracts."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.routing.directory.domain.contracts import Period
from services.routing.directory.tables import Building, Estate, House, ServiceContract
from shared.contracts.directory import Building as PublicBuilding
from shared.contracts.directory import EstateContract, EstateState
from shared.contracts.directory import House as PublicHouse

# A building whose first coverage lies ahead is shown with that one.
GRIDS_OF_THE_DAY = text("""
    SELECT DISTINCT ON (building.id) building.id, grid.code
      FROM building
      JOIN building_coverage AS coverage ON coverage.building_id = building.id
      JOIN grid ON grid.id = coverage.grid_id
     WHERE building.estate_id = :estate_id
     ORDER BY building.id, (coverage.valid_from <= :day) DESC, abs(coverage.valid_from - :day)
""")


async def estate_state(session: AsyncSession, estate: Estate, *, day: date) -> EstateState:
    """What has not been flushed is not seen."""
    contracts = await _contracts(session, estate.id)
    current = next((each for each in contracts if _period(each).includes(day)), None)
    return EstateState(
        **estate.model_dump(exclude={"changes_on"}),
        company_id=current.company_id if current else None,
        contract_until=current.valid_to if current else None,
        contracts=contracts,
        buildings=await _buildings(session, estate.id, day),
    )


async def _contracts(session: AsyncSession, estate_id: UUID) -> tuple[EstateContract, ...]:
    rows = await session.execute(
        select(ServiceContract)
        .where(ServiceContract.estate_id == estate_id)
        .order_by(col(ServiceContract.valid_from))
    )
    return tuple(
        EstateContract(company_id=row.company_id, valid_from=row.valid_from, valid_to=row.valid_to)
        for row in rows.scalars()
    )


def _period(contract: EstateContract) -> Period:
    return Period(contract.valid_from, contract.valid_to)


async def _buildings(
    session: AsyncSession, estate_id: UUID, day: date
) -> tuple[PublicBuilding, ...]:
    grids = await session.execute(GRIDS_OF_THE_DAY, {"estate_id": estate_id, "day": day})
    grid_codes = {row.id: row.code for row in grids}
    houses = await _houses(session, estate_id)
    rows = await session.execute(
        select(Building).where(Building.estate_id == estate_id).order_by(col(Building.number))
    )
    return tuple(
        PublicBuilding(
            id=row.id,
            number=row.number,
            grid_code=grid_codes[row.id],
            houses=tuple(houses[row.id]),
        )
        for row in rows.scalars()
    )


async def _houses(session: AsyncSession, estate_id: UUID) -> dict[UUID, list[PublicHouse]]:
    rows = await session.execute(
        select(House)
        .join(Building, col(Building.id) == House.building_id)
        .where(Building.estate_id == estate_id)
        .order_by(col(House.unit), col(House.room))
    )
    houses: dict[UUID, list[PublicHouse]] = defaultdict(list)
    for row in rows.scalars():
        house = PublicHouse(id=row.id, unit=row.unit, room=row.room, area=row.area)
        houses[row.building_id].append(house)
    return houses
