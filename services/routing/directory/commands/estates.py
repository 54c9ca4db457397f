"""Estates with their buildings, and buildings that move to another grid (B20)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from services.routing.directory.domain.codes import UnknownDivision
from services.routing.directory.domain.places import (
    CoverageTwice,
    NotACommunity,
    UnknownEstate,
    UnknownGrid,
    check_buildings,
    check_community,
)
from services.routing.directory.errand import Errand
from services.routing.directory.queries.divisions import division_on
from services.routing.directory.queries.estates import next_turn_of_estate
from services.routing.directory.states import estate_state
from services.routing.directory.tables import Building, Coverage, Estate, Grid, House, Organisation
from shared.contracts.directory import EstateChanged
from shared.contracts.vocabulary import OrganisationKind


@dataclass(frozen=True)
class PlannedBuilding:
    """A building to be added, and the grid that covers it from a day on."""

    row: Building
    houses: Sequence[House]
    grid_code: str
    covered_from: date


async def add_estate(
    errand: Errand, estate: Estate, buildings: Sequence[PlannedBuilding]
) -> Estate:
    """Raises UnknownDivision, NotACommunity, CommunityNotOfDivision, UnknownGrid …"""
    errand.require(estate.division)
    if await division_on(errand.session, estate.division, errand.today) is None:
        raise UnknownDivision(division=estate.division)
    check_community(await community_code(errand, estate.community_id), estate.division)
    check_buildings(
        [building.row.number for building in buildings],
        [[(house.unit, house.room) for house in building.houses] for building in buildings],
    )
    errand.session.add(estate)
    await errand.session.flush()
    await add_buildings(errand, estate, buildings)
    await tell_of_estate(errand, estate, "estate.added")
    return estate


async def move_building(
    errand: Errand, building: Building, grid_code: str, valid_from: date
) -> Estate:
    """From that day on the building's cases go to the other grid; open ones stay (B20, X30)."""
    estate = await locked_estate(errand, building.estate_id)
    errand.require(estate.division)
    grids = await _grids(errand, estate.community_id)
    errand.session.add(
        Coverage(building_id=building.id, valid_from=valid_from, grid_id=_grid_id(grids, grid_code))
    )
    await errand.settle({"pk_building_coverage": CoverageTwice})
    estate.version += 1
    await tell_of_estate(errand, estate, "estate.building_moved")
    return estate


async def locked_estate(errand: Errand, estate_id: UUID) -> Estate:
    """An estate's changes happen one after the other. Raises UnknownEstate."""
    found = await errand.session.execute(
        select(Estate)
        .where(col(Estate.id) == estate_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    estate = found.scalar_one_or_none()
    if estate is None:
        raise UnknownEstate
    return estate


async def tell_of_estate(errand: Errand, estate: Estate, action: str) -> None:
    await errand.session.flush()
    estate.changes_on = await next_turn_of_estate(errand.session, estate.id, errand.today)
    state = await estate_state(errand.session, estate, day=errand.today)
    errand.tell(EstateChanged(estate=state), action)


async def community_code(errand: Errand, community_id: UUID) -> str:
    """The 12 digits of a community. Raises NotACommunity."""
    community = await errand.session.get(Organisation, community_id)
    if community is None or community.kind != OrganisationKind.COMMUNITY:
        raise NotACommunity
    return community.division


async def add_buildings(
    errand: Errand, estate: Estate, buildings: Sequence[PlannedBuilding]
) -> None:
    """Raises UnknownGrid."""
    grids = await _grids(errand, estate.community_id)
    errand.session.add_all(building.row for building in buildings)
    await errand.session.flush()
    for building in buildings:
        grid_id = _grid_id(grids, building.grid_code)
        errand.session.add_all(building.houses)
        errand.session.add(
            Coverage(building_id=building.row.id, valid_from=building.covered_from, grid_id=grid_id)
        )


async def _grids(errand: Errand, community_id: UUID) -> Mapping[str, UUID]:
    rows = await errand.session.execute(
        select(Grid.code, Grid.id).where(col(Grid.community_id) == community_id)
    )
    return {row.code: row.id for row in rows}


def _grid_id(grids: Mapping[str, UUID], code: str) -> UUID:
    if code not in grids:
        raise UnknownGrid(grid=code)
    return grids[code]
