"""退单: a unit gives a case back, the dispatcher decides (T12, T13)."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.routing.cases.answers import answered
from services.routing.cases.commands.dispatch import Wish
from services.routing.cases.schemas import CaseSummary
from services.routing.deed import DeedDep, OccasionDep
from services.routing.limits.commands.adjudicate import Ruling, adjudicate
from services.routing.limits.commands.give_back import Objection, give_back
from services.routing.limits.guards import CaseToAdjudicate, CaseToReturn, LimitsToRead
from services.routing.limits.schemas import ReturnDecisionIn, ReturnIn, ReturnsOut
from services.routing.limits.views import returns_out

router = APIRouter(prefix="/cases/{case_id}", tags=["limits"])


@router.post("/return", response_model=CaseSummary)
async def hand_back(file: CaseToReturn, body: ReturnIn, deed: DeedDep) -> Response:
    """T12: not this unit's case; the citizen's clocks run on (X03)."""
    objection = Objection(body.reason, body.legal_basis, body.suggested_unit)
    return await answered(deed, file, lambda: give_back(deed.on, file, objection))


@router.post("/return-decision", response_model=CaseSummary)
async def decide(file: CaseToAdjudicate, body: ReturnDecisionIn, deed: DeedDep) -> Response:
    """T13: another unit, or a designated one that may not return it."""
    ruling = Ruling(Wish(body.organisation_id, body.person_id), body.forced, body.reason)
    return await answered(deed, file, lambda: adjudicate(deed.on, file, ruling))


@router.get("/returns")
async def returns(file: LimitsToRead, on: OccasionDep) -> ReturnsOut:
    """Objections and adjudications of the case, in order."""
    return ReturnsOut(items=await returns_out(on, file))
