"""Loading what a survey is about for the one who may have it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends

from services.survey.copies.domain.communities import community_of
from services.survey.copies.tables import EstateCopy
from services.survey.credit.domain.sources import EntrySource
from services.survey.credit.domain.standing import Standing as CreditStanding
from services.survey.credit.standings import standings_from
from services.survey.deed import DeedDep
from services.survey.surveys.domain.lifecycle import COUNTED, SurveyNotInState, SurveyStatus
from services.survey.surveys.domain.policies import (
    CONDUCTING_ROLES,
    FIELD_ROLES,
    PUBLISHING_ROLES,
    ConductorsOnly,
    NotYourSurvey,
    Standing,
    StreetsOnly,
    VisitorsOnly,
    may_conduct,
    may_publish,
    reads_as_staff,
    refuse_unless,
    refuse_unless_owner,
)
from services.survey.surveys.domain.publication import ResultRevoked
from services.survey.surveys.domain.scope import EstateWithoutHouses, company_on
from services.survey.surveys.queries import estate_of, grids_of_estate, homes_of, survey_of
from services.survey.surveys.schemas import HomeAnswerIn, SurveyIn
from services.survey.surveys.tables import Survey
from services.survey.surveys.views import standing_of
from shared.clock import BEIJING
from shared.contracts.vocabulary import Relation
from shared.errors import Forbidden
from shared.identity import Actor
from shared.web.dependencies import CurrentActor


class NotYourPlace(Forbidden):
    """This estate lies outside your place, or you have a stake in its company."""

    code = "NOT_YOUR_PLACE"
    chinese = "该小区不在您的辖区内，或您与其物业企业有利害关系。"


class HomeNotVerified(Forbidden):
    """This house is no verified home of yours (E29)."""

    code = "HOME_NOT_VERIFIED"
    chinese = "该房屋不是您已认证的住房，不能代为作答。"


@dataclass(frozen=True)
class Ground:
    """The estate of a draft, and whose company judges whom there today."""

    estate: EstateCopy
    standing: Standing


async def conductor(deed: DeedDep) -> None:
    """Raises ConductorsOnly."""
    refuse_unless(deed.actor, CONDUCTING_ROLES, ConductorsOnly)


async def publisher(deed: DeedDep) -> None:
    """Raises StreetsOnly."""
    refuse_unless(deed.actor, PUBLISHING_ROLES, StreetsOnly)


async def visitor(actor: CurrentActor) -> Actor:
    """Raises VisitorsOnly."""
    refuse_unless(actor, FIELD_ROLES, VisitorsOnly)
    return actor


async def resident(deed: DeedDep) -> None:
    """Raises OwnersOnly."""
    refuse_unless_owner(deed.actor)


async def ground(_: Annotated[None, Depends(conductor)], deed: DeedDep, body: SurveyIn) -> Ground:
    """Raises EstateUnknown, EstateWithoutHouses, EstateWithoutCompany or NotYourPlace."""
    estate = await estate_of(deed.session, body.estate_id)
    grids = await grids_of_estate(deed.session, estate)
    if not grids:
        raise EstateWithoutHouses
    company = company_on(deed.at.astimezone(BEIJING).date(), estate.contracts)
    standing = Standing(company, estate.id, community_of(grids), grids)
    if not may_conduct(deed.actor, standing):
        raise NotYourPlace
    return Ground(estate, standing)


async def survey_to_read(survey_id: UUID, deed: DeedDep) -> Survey:
    return await survey_of(deed.session, deed.actor, survey_id)


async def survey_to_visit(survey: SurveyToRead, deed: DeedDep) -> Survey:
    """Raises NotYourSurvey, or SurveyNotInState before households are listed."""
    if not reads_as_staff(deed.actor, standing_of(survey)):
        raise NotYourSurvey
    if survey.state == SurveyStatus.DRAFT:
        raise SurveyNotInState(state=str(survey.state))
    return survey


async def survey_to_print(survey: SurveyToRead, deed: DeedDep) -> Survey:
    """Counted is enough for who posts it. Raises SurveyNotInState or ResultRevoked."""
    early = reads_as_staff(deed.actor, standing_of(survey)) and survey.state in COUNTED
    if survey.state != SurveyStatus.PUBLISHED and not early:
        raise SurveyNotInState(state=str(survey.state))
    standings = await standings_from(deed.session, EntrySource.SATISFACTION_SURVEY, [survey.id])
    if standings.get(survey.id) is CreditStanding.REVOKED:
        raise ResultRevoked
    return survey


async def survey_to_conduct(
    survey_id: UUID, _: Annotated[None, Depends(conductor)], deed: DeedDep
) -> Survey:
    return await _charged(survey_id, deed, may_conduct)


async def survey_to_publish(
    survey_id: UUID, _: Annotated[None, Depends(publisher)], deed: DeedDep
) -> Survey:
    return await _charged(survey_id, deed, may_publish)


async def survey_to_answer(
    survey_id: UUID, _: Annotated[None, Depends(resident)], deed: DeedDep
) -> Survey:
    """Others may answer at the same time, nobody may close meanwhile."""
    return await survey_of(deed.session, deed.actor, survey_id, lock="SHARE")


async def relation_at_home(_: SurveyToAnswer, deed: DeedDep, body: HomeAnswerIn) -> Relation:
    """As what the caller lives in the house. Raises HomeNotVerified."""
    relation = (await homes_of(deed.session, deed.actor)).get(body.house_id)
    if relation is None:
        raise HomeNotVerified
    return relation


async def _charged(
    survey_id: UUID, deed: DeedDep, allowed: Callable[[Actor, Standing], bool]
) -> Survey:
    """Raises SurveyNotFound or NotYourSurvey."""
    survey = await survey_of(deed.session, deed.actor, survey_id, lock="UPDATE")
    if not allowed(deed.actor, standing_of(survey)):
        raise NotYourSurvey
    return survey


GroundDep = Annotated[Ground, Depends(ground)]
SurveyToRead = Annotated[Survey, Depends(survey_to_read)]
SurveyToVisit = Annotated[Survey, Depends(survey_to_visit)]
SurveyToPrint = Annotated[Survey, Depends(survey_to_print)]
SurveyToConduct = Annotated[Survey, Depends(survey_to_conduct)]
SurveyToPublish = Annotated[Survey, Depends(survey_to_publish)]
SurveyToAnswer = Annotated[Survey, Depends(survey_to_answer)]
RelationDep = Annotated[Relation, Depends(relation_at_home)]
VisitorDep = Annotated[Actor, Depends(visitor)]
