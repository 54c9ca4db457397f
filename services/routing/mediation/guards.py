"""Dependencies that load a case with its mediation, for those who mediate and for the parties."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlmodel import col

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.policies import Standing
from services.routing.cases.guards import NotYourTask, case_for
from services.routing.cases.queries import CaseNotFound, load
from services.routing.cases.tables import Case
from services.routing.deed import OccasionDep
from services.routing.mediation.domain import policies
from services.routing.mediation.mediationfile import MediationFile
from services.routing.mediation.queries import latest, visible_to_party
from services.routing.mediation.tables import Mediation
from shared.identity import Actor

MediationPolicy = Callable[[Actor, Standing, Mediation], bool]


def anyone(actor: Actor, standing: Standing, mediation: Mediation) -> bool:
    """Visible is enough; what is shown depends on the reader."""
    return True


def mediation_for(
    policy: MediationPolicy, *, for_update: bool = True
) -> Callable[[UUID, OccasionDep], Awaitable[MediationFile]]:
    """A dependency: the case of the path, locked, with its latest mediation."""

    async def guard(case_id: UUID, on: OccasionDep) -> MediationFile:
        file = await _case(case_id, on, for_update)
        found = await latest(on.session, file)
        if not policy(on.actor, file.standing, found.mediation):
            raise NotYourTask
        return found

    return guard


def agreement_for(
    *, for_update: bool = True
) -> Callable[[UUID, OccasionDep], Awaitable[MediationFile]]:
    """A dependency: as `mediation_for`, for the parties of this mediation and who mediated."""
    reach = mediation_for(anyone, for_update=for_update)

    async def guard(case_id: UUID, on: OccasionDep) -> MediationFile:
        found = await reach(case_id, on)
        standing, sides = found.file.standing, found.parties
        if not policies.may_use_agreement(on.actor, standing, found.mediation, sides):
            raise NotYourTask
        return found

    return guard


async def _case(case_id: UUID, on: OccasionDep, for_update: bool) -> CaseFile:
    visible = visible_to_party(on.actor)
    file = await load(on.session, col(Case.id) == case_id, visible, for_update=for_update)
    if file is None:
        raise CaseNotFound
    return file


CaseToMediate = Annotated[CaseFile, Depends(case_for(policies.may_request))]
MediationToRead = Annotated[MediationFile, Depends(mediation_for(anyone, for_update=False))]
MediationToJoin = Annotated[MediationFile, Depends(mediation_for(anyone))]
MediationToLead = Annotated[MediationFile, Depends(mediation_for(policies.may_mediate))]
MediationToEnd = Annotated[MediationFile, Depends(mediation_for(policies.may_end))]
AgreementToRead = Annotated[MediationFile, Depends(agreement_for(for_update=False))]
AgreementToUse = Annotated[MediationFile, Depends(agreement_for())]
