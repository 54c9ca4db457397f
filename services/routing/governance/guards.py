"""Who records joint work, and the cases it is about: all of them, or nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlmodel import col

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain.policies import STREET_ROLES, may_coordinate
from services.routing.cases.guards import NotYourTask
from services.routing.cases.queries import CaseNotFound, load, visible_to
from services.routing.cases.tables import Case
from services.routing.deed import OccasionDep
from services.routing.directory.domain.places import UnknownEstate
from services.routing.directory.queries import KnownEstate, estate_by_id
from services.routing.governance.domain.policies import is_of_company, may_govern, may_rectify
from services.routing.governance.queries import prompt_of, rectification_of
from services.routing.governance.rectification_schemas import RectificationIn
from services.routing.governance.schemas import JointWorkIn
from services.routing.governance.tables import Rectification, TalkPrompt
from services.routing.occasion import Occasion
from shared.errors import Forbidden


class CentresOnly(Forbidden):
    """This is for street offices and governance centres."""

    code = "CENTRES_ONLY"
    chinese = "仅限街道和综治中心操作。"


class NotYourDivision(Forbidden):
    """This place is not yours to govern."""

    code = "NOT_YOUR_DIVISION"
    chinese = "该区划不在您的管辖范围内。"


async def centre(on: OccasionDep) -> Occasion:
    if not on.actor.roles & STREET_ROLES:
        raise CentresOnly
    return on


CentreDep = Annotated[Occasion, Depends(centre)]


async def talk_to_record(on: CentreDep, body: RectificationIn) -> KnownEstate:
    """The estate of the talk. Raises UnknownEstate, NotYourDivision or NotYourTask."""
    estate = await estate_by_id(on.session, body.estate_id)
    if estate is None:
        raise UnknownEstate
    if not may_govern(on.actor, estate.division):
        raise NotYourDivision
    if not may_rectify(on.actor, estate.division, body.company_id):
        raise NotYourTask
    return estate


EstateToGovern = Annotated[KnownEstate, Depends(talk_to_record)]


async def prompt_to_answer(prompt_id: UUID, on: CentreDep) -> TalkPrompt:
    """Raises TalkPromptNotFound or NotYourTask."""
    prompt = await prompt_of(on.session, on.actor, prompt_id)
    if not may_rectify(on.actor, prompt.division, prompt.company_id):
        raise NotYourTask
    return prompt


async def estate_of_prompt(prompt: PromptToAnswer, on: OccasionDep) -> KnownEstate:
    """Raises UnknownEstate."""
    estate = await estate_by_id(on.session, prompt.estate_id)
    if estate is None:
        raise UnknownEstate
    return estate


PromptToAnswer = Annotated[TalkPrompt, Depends(prompt_to_answer)]
EstateOfPrompt = Annotated[KnownEstate, Depends(estate_of_prompt)]


async def rectification_to_read(rectification_id: UUID, on: OccasionDep) -> Rectification:
    return await rectification_of(on.session, on.actor, rectification_id, for_update=False)


async def rectification_to_prove(rectification_id: UUID, on: OccasionDep) -> Rectification:
    """Raises RectificationNotFound or NotYourTask."""
    row = await rectification_of(on.session, on.actor, rectification_id, for_update=True)
    if not is_of_company(on.actor, row.company_id, row.estate_id):
        raise NotYourTask
    return row


async def rectification_to_decide(rectification_id: UUID, on: OccasionDep) -> Rectification:
    """Raises RectificationNotFound or NotYourTask."""
    row = await rectification_of(on.session, on.actor, rectification_id, for_update=True)
    if not may_rectify(on.actor, row.division, row.company_id):
        raise NotYourTask
    return row


RectificationToRead = Annotated[Rectification, Depends(rectification_to_read)]
RectificationToProve = Annotated[Rectification, Depends(rectification_to_prove)]
RectificationToDecide = Annotated[Rectification, Depends(rectification_to_decide)]


async def cases_to_link(on: Occasion, ids: Sequence[UUID]) -> list[CaseFile]:
    """In the order of their ids, so that two records never wait for each other."""
    files = []
    for case_id in sorted(set(ids)):
        file = await load(on.session, col(Case.id) == case_id, visible_to(on.actor))
        if file is None:
            raise CaseNotFound
        if not may_coordinate(on.actor, file.standing):
            raise NotYourTask
        files.append(file)
    return files


async def work_to_record(on: CentreDep, body: JointWorkIn) -> list[CaseFile]:
    """The cases of the body, locked. Raises NotYourDivision, CaseNotFound or NotYourTask."""
    if not may_govern(on.actor, body.division):
        raise NotYourDivision
    return await cases_to_link(on, body.case_ids)


CasesToLink = Annotated[list[CaseFile], Depends(work_to_record)]
