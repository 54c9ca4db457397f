"""延期: more time for the result, asked before it is due (T29)."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.routing.cases.answers import answered
from services.routing.cases.schemas import CaseSummary
from services.routing.deed import DeedDep, OccasionDep
from services.routing.limits.commands.extend import (
    ask_for_extension,
    deny_extension,
    endorse_extension,
    grant_extension,
)
from services.routing.limits.domain.extending import Verdict
from services.routing.limits.guards import CaseToExtend, ExtensionToDecide, LimitsToRead
from services.routing.limits.schemas import ExtensionDecisionIn, ExtensionIn, ExtensionsOut
from services.routing.limits.views import extensions_out

COMMANDS = {
    Verdict.ENDORSE: endorse_extension,
    Verdict.GRANT: grant_extension,
    Verdict.DENY: deny_extension,
}

router = APIRouter(prefix="/cases/{case_id}", tags=["limits"])


@router.post("/extension", response_model=CaseSummary)
async def ask(file: CaseToExtend, body: ExtensionIn, deed: DeedDep) -> Response:
    """T29: before the due time, as often and as long as the grade allows (3.4, X05)."""
    return await answered(
        deed, file, lambda: ask_for_extension(deed.on, file, body.days, body.reason)
    )


@router.post("/extension-decision", response_model=CaseSummary)
async def decide(file: ExtensionToDecide, body: ExtensionDecisionIn, deed: DeedDep) -> Response:
    """T29: desks on the way endorse, the last one of the chain grants or denies."""
    command = COMMANDS[body.decision]
    return await answered(deed, file, lambda: command(deed.on, file, body.reason))


@router.get("/extensions")
async def extensions(file: LimitsToRead, on: OccasionDep) -> ExtensionsOut:
    """Requests and decisions of the case, in order."""
    return ExtensionsOut(items=await extensions_out(on, file))
