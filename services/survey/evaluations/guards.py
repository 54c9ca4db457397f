"""Loading what an evaluation is about for the one who may have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlmodel import col

from services.survey.copies.tables import EstateCopy
from services.survey.deed import Deed, DeedDep
from services.survey.evaluations.domain.assessing import NotYourAssessment
from services.survey.evaluations.domain.policies import (
    CONFIRMING_ROLES,
    ENTERING_ROLES,
    HOUSING,
    RUNNING_ROLES,
    AssessorsOnly,
    ConfirmersOnly,
    EvaluatorsOnly,
    HousingOnly,
    Place,
    RunnersOnly,
    agency_of,
    may_confirm,
    may_enter,
    refuse_outside_divisions,
    refuse_unless,
)
from services.survey.evaluations.gathering import community_or_street
from services.survey.evaluations.queries import (
    assessments_of,
    contracts_of,
    imports_of,
    newest,
    one_of,
    published_to,
    runs_of,
)
from services.survey.evaluations.schemas import AssessmentIn
from services.survey.evaluations.tables import (
    AgencyContract,
    CommunityAssessment,
    EvaluationImport,
    EvaluationResult,
    EvaluationRun,
)
from services.survey.surveys.domain.scope import company_on
from services.survey.surveys.queries import estate_of


@dataclass(frozen=True)
class Ground:
    """The estate of an assessment, and whose company is judged there."""

    estate: EstateCopy
    place: Place


async def housing(deed: DeedDep) -> Deed:
    """Raises HousingOnly."""
    refuse_unless(deed.actor, HOUSING, HousingOnly)
    return deed


async def evaluator(deed: DeedDep) -> Deed:
    """Raises EvaluatorsOnly."""
    if agency_of(deed.actor) is None:
        raise EvaluatorsOnly
    return deed


async def runner(deed: DeedDep) -> Deed:
    """Raises RunnersOnly."""
    refuse_unless(deed.actor, RUNNING_ROLES, RunnersOnly)
    return deed


async def assessor(deed: DeedDep) -> Deed:
    """Raises AssessorsOnly."""
    refuse_unless(deed.actor, ENTERING_ROLES, AssessorsOnly)
    return deed


async def confirmer(deed: DeedDep) -> Deed:
    """Raises ConfirmersOnly."""
    refuse_unless(deed.actor, CONFIRMING_ROLES, ConfirmersOnly)
    return deed


HousingDeed = Annotated[Deed, Depends(housing)]
EvaluatorDeed = Annotated[Deed, Depends(evaluator)]
RunnerDeed = Annotated[Deed, Depends(runner)]
AssessorDeed = Annotated[Deed, Depends(assessor)]
ConfirmerDeed = Annotated[Deed, Depends(confirmer)]


async def contract_to_end(contract_id: UUID, deed: HousingDeed) -> AgencyContract:
    """Raises EvaluationNotFound or NotYourDivision."""
    wanted = contracts_of(deed.actor)
    found = await one_of(deed.session, wanted, col(AgencyContract.id) == contract_id, lock=True)
    refuse_outside_divisions(deed.actor, found.divisions)
    return found


async def import_to_read(import_id: UUID, deed: EvaluatorDeed) -> EvaluationImport:
    mine = imports_of(deed.actor)
    return await one_of(deed.session, mine, col(EvaluationImport.id) == import_id)


async def import_to_confirm(import_id: UUID, deed: EvaluatorDeed) -> EvaluationImport:
    mine = imports_of(deed.actor)
    return await one_of(deed.session, mine, col(EvaluationImport.id) == import_id, lock=True)


async def ground(deed: AssessorDeed, body: AssessmentIn) -> Ground:
    """The company of the day it was assessed. Raises EstateUnknown, EstateWithoutCompany or
    NotYourAssessment.
    """
    estate = await estate_of(deed.session, body.estate_id)
    place = Place(company_on(body.assessed_on, estate.contracts), community_or_street(estate))
    if not may_enter(deed.actor, place):
        raise NotYourAssessment
    return Ground(estate, place)


async def assessment_to_read(assessment_id: UUID, deed: DeedDep) -> CommunityAssessment:
    mine = assessments_of(deed.actor)
    return await one_of(deed.session, mine, col(CommunityAssessment.id) == assessment_id)


async def assessment_to_decide(assessment_id: UUID, deed: ConfirmerDeed) -> CommunityAssessment:
    """Raises EvaluationNotFound or NotYourAssessment."""
    mine = assessments_of(deed.actor)
    found = await one_of(
        deed.session, mine, col(CommunityAssessment.id) == assessment_id, lock=True
    )
    if not may_confirm(deed.actor, Place(found.company_id, found.community)):
        raise NotYourAssessment
    return found


async def run_to_read(run_id: UUID, deed: DeedDep) -> EvaluationRun:
    return await one_of(deed.session, runs_of(deed.actor), col(EvaluationRun.id) == run_id)


async def run_to_decide(run_id: UUID, deed: RunnerDeed) -> EvaluationRun:
    """Raises EvaluationNotFound or NotYourDivision."""
    mine = runs_of(deed.actor)
    found = await one_of(deed.session, mine, col(EvaluationRun.id) == run_id, lock=True)
    refuse_outside_divisions(deed.actor, [found.division])
    return found


async def evaluation_to_read(evaluation_id: UUID, deed: DeedDep) -> EvaluationResult:
    """Its newest edition."""
    mine = newest(published_to(deed.actor))
    return await one_of(deed.session, mine, col(EvaluationResult.evaluation_id) == evaluation_id)


ContractToEnd = Annotated[AgencyContract, Depends(contract_to_end)]
ImportToRead = Annotated[EvaluationImport, Depends(import_to_read)]
ImportToConfirm = Annotated[EvaluationImport, Depends(import_to_confirm)]
GroundDep = Annotated[Ground, Depends(ground)]
AssessmentToRead = Annotated[CommunityAssessment, Depends(assessment_to_read)]
AssessmentToDecide = Annotated[CommunityAssessment, Depends(assessment_to_decide)]
RunToRead = Annotated[EvaluationRun, Depends(run_to_read)]
RunToDecide = Annotated[EvaluationRun, Depends(run_to_decide)]
EvaluationToRead = Annotated[EvaluationResult, Depends(evaluation_to_read)]
