"""Cases that a command locks itself, because it needs two of them or a number before."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlalchemy import select
from sqlmodel import col

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.policies import Policy
from services.routing.cases.guards import NotYourTask, case_for
from services.routing.cases.queries import CaseNotFound, load, visible_to
from services.routing.cases.tables import Case
from services.routing.deed import OccasionDep
from services.routing.occasion import Occasion
from services.routing.voices.domain import policies
from services.routing.voices.queries import ProposalNotFound
from services.routing.voices.tables import DuplicateProposal


async def lock(on: Occasion, case_id: UUID, policy: Policy) -> CaseFile:
    """Not visible 404, not allowed 403. A guard may have read the case before it was locked."""
    file = await load(on.session, col(Case.id) == case_id, visible_to(on.actor))
    if file is None:
        raise CaseNotFound
    if not policy(on.actor, file.standing):
        raise NotYourTask
    await on.session.refresh(file.case)
    return file


async def division_of(on: Occasion, case_id: UUID) -> str:
    """For the number of a new case, which is taken before any case is locked."""
    wanted = select(col(Case.division)).where(col(Case.id) == case_id, visible_to(on.actor))
    division = (await on.session.execute(wanted)).scalar()
    if division is None:
        raise CaseNotFound
    return division


async def proposal(proposal_id: UUID, on: OccasionDep) -> DuplicateProposal:
    """A pair that the caller may decide about: both belong to one estate, so one tells."""
    found = await on.session.get(DuplicateProposal, proposal_id, with_for_update=True)
    if found is None:
        raise ProposalNotFound
    visible = visible_to(on.actor)
    file = await load(on.session, col(Case.id) == found.case_id, visible, for_update=False)
    if file is None:
        raise ProposalNotFound
    if not policies.may_merge(on.actor, file.standing):
        raise NotYourTask
    return found


async def decider(on: OccasionDep) -> Occasion:
    if not policies.reads_proposals(on.actor):
        raise NotYourTask
    return on


CaseToCompare = Annotated[CaseFile, Depends(case_for(policies.may_merge, for_update=False))]
CaseToRepresent = Annotated[CaseFile, Depends(case_for(policies.may_name_representatives))]
ProposalToDecide = Annotated[DuplicateProposal, Depends(proposal)]
DeciderDep = Annotated[Occasion, Depends(decider)]
