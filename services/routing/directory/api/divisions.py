"""The divisions of the city, as of a day (D13)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from services.routing.directory import listing
from services.routing.directory.domain.codes import Level
from services.routing.directory.guards import ReadersErrand
from services.routing.directory.listing import DivisionFilter
from services.routing.directory.schemas.words import Prefix, Words
from services.routing.directory.states import division_state
from shared.contracts.directory import DivisionState
from shared.web.paging import Page, Paging

router = APIRouter(prefix="/directory/divisions", tags=["directory"])


@router.get("")
async def divisions(
    errand: ReadersErrand,
    paging: Paging,
    parent: Prefix = None,
    level: Level | None = None,
    on: Annotated[date | None, Query(description="Default: today")] = None,
    query: Words = "",
) -> Page[DivisionState]:
    """Divisions by parent, level or name, in the order of their codes."""
    wanted = DivisionFilter(on or errand.today, parent, level, query)
    rows = await listing.divisions(errand.session, wanted, paging)
    page, following = paging.cut(rows, lambda row: (row.code,))
    return Page(items=[division_state(row) for row in page], next=following)
