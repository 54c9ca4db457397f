"""Dependencies that load a case as far as the caller may see it, and judge what they may do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlmodel import col

from services.routing.cases.casefile import CaseFile
from services.routing.cases.domain import policies
from services.routing.cases.domain.policies import Policy
from services.routing.cases.queries import CaseNotFound, load, visible_to
from services.routing.cases.tables import Case
from services.routing.deed import OccasionDep
from services.routing.occasion import Occasion
from shared.errors import Forbidden


class NotYourTask(Forbidden):
    """You see this case, but this is not for you to do."""

    code = "NOT_YOUR_TASK"
    chinese = "您可以查看本案，但无权执行此操作。"


async def case_allowed(
    on: Occasion, case_id: UUID, policy: Policy, *, for_update: bool = True
) -> CaseFile:
    """Raises CaseNotFound for what is not visible, NotYourTask for what is not allowed."""
    visible = visible_to(on.actor)
    file = await load(on.session, col(Case.id) == case_id, visible, for_update=for_update)
    if file is None:
        raise CaseNotFound
    if not policy(on.actor, file.standing):
        raise NotYourTask
    return file


def case_for(
    policy: Policy, *, for_update: bool = True
) -> Callable[[UUID, OccasionDep], Awaitable[CaseFile]]:
    """A dependency: the case of the path, locked. Not visible 404, not allowed 403."""

    async def guard(case_id: UUID, on: OccasionDep) -> CaseFile:
        return await case_allowed(on, case_id, policy, for_update=for_update)

    return guard


CaseToRead = Annotated[CaseFile, Depends(case_for(policies.may_see, for_update=False))]
CaseToGrade = Annotated[CaseFile, Depends(case_for(policies.may_grade))]
CaseToProposeGrade = Annotated[CaseFile, Depends(case_for(policies.may_propose_grade))]
ProposalsToRead = Annotated[CaseFile, Depends(case_for(policies.may_grade, for_update=False))]
CaseToDispatch = Annotated[CaseFile, Depends(case_for(policies.may_dispatch))]
CaseToSign = Annotated[CaseFile, Depends(case_for(policies.may_sign))]
CaseToNote = Annotated[CaseFile, Depends(case_for(policies.may_note))]
CaseToSubmit = Annotated[CaseFile, Depends(case_for(policies.may_submit))]
CaseToReview = Annotated[CaseFile, Depends(case_for(policies.may_review))]
CaseToInform = Annotated[CaseFile, Depends(case_for(policies.may_give_interim_feedback))]
CaseToLeave = Annotated[CaseFile, Depends(case_for(policies.may_leave))]
CaseToReopen = Annotated[CaseFile, Depends(case_for(policies.may_reopen))]
CaseToCoordinate = Annotated[CaseFile, Depends(case_for(policies.may_coordinate))]
