"""Leaving a case in which one has a stake."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.routing.cases.commands.recuse import alternative, recuse
from services.routing.cases.guards import CaseToLeave
from services.routing.cases.schemas import OtherUnitOut, RecusalIn, RecusalOut
from services.routing.deed import DeedDep

router = APIRouter(prefix="/cases/{case_id}/recusals", tags=["cases"])


@router.post("", status_code=201, response_model=RecusalOut)
async def leave(file: CaseToLeave, body: RecusalIn, deed: DeedDep) -> Response:
    """A13: "I have a stake in this case"; answers with who could take it over."""
    on = deed.on

    async def answer() -> RecusalOut:
        proposed = OtherUnitOut.of(await alternative(on, file))
        return RecusalOut(case_id=file.case.id, person_id=on.actor.id, alternative=proposed)

    return await deed.answered(lambda: recuse(on, file, body.reason), answer, status=201)
