"""Dependencies that load a case for those who ask, decide, resume or read."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlmodel import col

from services.routing.cases.casefile import CaseFile
from services.routing.cases.guards import NotYourTask, case_for
from services.routing.cases.queries import CaseNotFound, load
from services.routing.cases.tables import Case
from services.routing.deed import OccasionDep
from services.routing.limits.domain import policies
from services.routing.mediation.queries import visible_to_party


async def resuming(case_id: UUID, on: OccasionDep) -> CaseFile:
    """Staff as they see cases; an owner sees the own case through this door."""
    file = await load(on.session, col(Case.id) == case_id, visible_to_party(on.actor))
    if file is None:
        raise CaseNotFound
    if not policies.may_resume(on.actor, file.standing):
        raise NotYourTask
    return file


CaseToReturn = Annotated[CaseFile, Depends(case_for(policies.may_return))]
CaseToAdjudicate = Annotated[CaseFile, Depends(case_for(policies.may_adjudicate))]
CaseToSuspend = Annotated[CaseFile, Depends(case_for(policies.may_suspend))]
SuspensionToDecide = Annotated[CaseFile, Depends(case_for(policies.may_approve_suspension))]
CaseToResume = Annotated[CaseFile, Depends(resuming)]
CaseToExtend = Annotated[CaseFile, Depends(case_for(policies.may_ask))]
ExtensionToDecide = Annotated[CaseFile, Depends(case_for(policies.may_approve_extension))]
LimitsToRead = Annotated[CaseFile, Depends(case_for(policies.may_read_limits, for_update=False))]
