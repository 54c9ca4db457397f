"""Estates with buildings and houses, and buildings that move to another grid (B20)."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Response

from services.routing.directory import listing
from services.routing.directory.commands import add_estate, move_building
from services.routing.directory.guards import (
    AdministratorsErrand,
    BuildingToMove,
    EstateToView,
    ReadersErrand,
)
from services.routing.directory.listing import EstateFilter
from services.routing.directory.schemas.estates import BuildingMove, EstateOut, NewEstate
from services.routing.directory.schemas.words import Prefix, Words
from services.routing.directory.states import estate_state
from shared.contracts.directory import EstateState
from shared.web.once import OnceDep
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/directory/estates", tags=["directory"])


@router.get("")
async def estates(
    errand: ReadersErrand,
    paging: Paging,
    division: Prefix = None,
    company_id: UUID | None = None,
    query: Words = "",
) -> Page[EstateOut]:
    """Estates by place, by the company that serves them today, or by name."""
    wanted = EstateFilter(errand.today, division, company_id, query)
    rows = await listing.estates(errand.session, wanted, paging)
    page, following = paging.cut(rows, lambda row: (row.display_name, str(row.id)))
    return Page(items=[EstateOut.of(row) for row in page], next=following)


@router.get("/{estate_id}")
async def estate(errand: ReadersErrand, row: EstateToView) -> EstateState:
    """An estate, whole: buildings with today's grid, houses, contracts."""
    return await estate_state(errand.session, row, day=errand.today)


@router.post("", status_code=201, response_model=EstateState)
async def add(body: NewEstate, errand: AdministratorsErrand, once: OnceDep) -> Response:
    """Enter an estate with its buildings; they belong to their grids from today."""

    async def work() -> EstateState:
        row = body.row()
        await add_estate(errand, row, body.planned(row.id, errand.today))
        return await estate_state(errand.session, row, day=errand.today)

    return await once.run(work)


@router.post(
    "/{estate_id}/buildings/{building_id}/moves", status_code=201, response_model=EstateState
)
async def move(
    body: BuildingMove, errand: AdministratorsErrand, building: BuildingToMove, once: OnceDep
) -> Response:
    """Give a building to another grid from a day on; open cases stay where they are (X30)."""

    async def work() -> EstateState:
        row = await move_building(errand, building, body.grid_code, body.valid_from)
        return await estate_state(errand.session, row, day=errand.today)

    return await once.run(work)
