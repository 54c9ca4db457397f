"""The deadlines of a case, each with its reason."""

from __future__ import annotations

from fastapi import APIRouter

from services.routing.cases.guards import CaseToRead
from services.routing.clocks.schemas import ClocksOut
from services.routing.clocks.views import clocks_out
from services.routing.deed import OccasionDep

router = APIRouter(prefix="/cases/{case_id}", tags=["clocks"])


@router.get("/clocks")
async def clocks(file: CaseToRead, on: OccasionDep) -> ClocksOut:
    """Rule, counting, start, pauses, extensions, regrades: why this deadline is what it is."""
    return await clocks_out(on, file)
