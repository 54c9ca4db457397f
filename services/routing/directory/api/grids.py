"""Grids and the people in them."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Response

from services.routing.directory import listing
from services.routing.directory.commands import add_grid, staff_grid
from services.routing.directory.guards import (
    AdministratorsErrand,
    GridToStaff,
    GridToView,
    ReadersErrand,
)
from services.routing.directory.schemas.grids import GridStaffing, NewGrid
from services.routing.directory.states import grid_state
from shared.contracts.directory import GridState
from shared.web.once import OnceDep
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/directory/grids", tags=["directory"])


@router.get("")
async def grids(
    errand: ReadersErrand, paging: Paging, community_id: UUID | None = None
) -> Page[GridState]:
    """Grids in the order of their codes."""
    rows = await listing.grids(errand.session, community_id, paging)
    page, following = paging.cut(rows, lambda row: (row.code,))
    items = [await grid_state(errand.session, row) for row in page]
    return Page(items=items, next=following)


@router.get("/{grid_id}")
async def grid(errand: ReadersErrand, row: GridToView) -> GridState:
    """A grid with the people who work in it."""
    return await grid_state(errand.session, row)


@router.post("", status_code=201, response_model=GridState)
async def add(body: NewGrid, errand: AdministratorsErrand, once: OnceDep) -> Response:
    """Draw a grid in a community."""

    async def work() -> GridState:
        row = await add_grid(errand, body.row(), body.worker_ids)
        return await grid_state(errand.session, row)

    return await once.run(work)


@router.put("/{grid_id}/staffing")
async def staffing(body: GridStaffing, errand: AdministratorsErrand, row: GridToStaff) -> GridState:
    """Replace leader and workers of a grid."""
    await staff_grid(errand, row, body.leader_id, body.worker_ids, version=body.version)
    return await grid_state(errand.session, row)
