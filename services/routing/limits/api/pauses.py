"""挂起: a case is suspended for a reason, until a date, and goes on (T27, T28)."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.routing.cases.answers import answered, receipted
from services.routing.cases.schemas import CaseReceipt, CaseSummary
from services.routing.deed import DeedDep, OccasionDep
from services.routing.limits.commands.resume import resume
from services.routing.limits.commands.suspend import (
    Pause,
    deny_suspension,
    grant_suspension,
    suspend,
)
from services.routing.limits.guards import (
    CaseToResume,
    CaseToSuspend,
    LimitsToRead,
    SuspensionToDecide,
)
from services.routing.limits.schemas import (
    ResumptionIn,
    SuspensionDecisionIn,
    SuspensionIn,
    SuspensionsOut,
)
from services.routing.limits.views import suspensions_out

router = APIRouter(prefix="/cases/{case_id}", tags=["limits"])


@router.post("/suspension", response_model=CaseSummary)
async def ask(file: CaseToSuspend, body: SuspensionIn, deed: DeedDep) -> Response:
    """T27: the assignee asks; a desk that coordinates the case suspends it at once."""
    pause = Pause(body.reason, body.until, body.note)
    return await answered(deed, file, lambda: suspend(deed.on, file, pause))


@router.post("/suspension-decision", response_model=CaseSummary)
async def decide(file: SuspensionToDecide, body: SuspensionDecisionIn, deed: DeedDep) -> Response:
    """T27: a second one of the same unit, or a longer one, needs the county centre (X07)."""
    command = grant_suspension if body.decision == "GRANT" else deny_suspension
    return await answered(deed, file, lambda: command(deed.on, file, body.reason))


@router.post("/resumption", response_model=CaseReceipt)
async def go_on(file: CaseToResume, body: ResumptionIn, deed: DeedDep) -> Response:
    """T28: owners supply what was waited for; the assignee or a desk goes on before the date."""
    return await receipted(deed, file, lambda: resume(deed.on, file, body.note))


@router.get("/suspensions")
async def suspensions(file: LimitsToRead, on: OccasionDep) -> SuspensionsOut:
    """Requests, decisions and pauses of the case, in order."""
    return SuspensionsOut(items=await suspensions_out(on, file))
