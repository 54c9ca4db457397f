"""Loading calls for those who may make them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends

from services.survey.calls.domain.policies import calls_at_all, may_call
from services.survey.calls.tables import VisitCall
from services.survey.visits.tables import Visit
from shared.errors import Conflict, Forbidden, NotFound
from shared.identity import Actor
from shared.web.dependencies import CurrentActor, SessionDep


class CallersOnly(Forbidden):
    """Only the grid, the community and the governance centre call owners."""

    code = "CALLERS_ONLY"
    chinese = "只有网格、社区和综治中心进行电话回访。"


class CallNotFound(NotFound):
    """There is no such call, or it is not for you to make."""

    code = "CALL_NOT_FOUND"
    chinese = "没有这项电话回访任务，或不由您回访。"


class NumberUnknown(Conflict):
    """There is no number that this owner can be called at."""

    code = "VISIT_NUMBER_UNKNOWN"
    chinese = "没有可拨打的业主电话，等待业主自行评价。"


@dataclass(frozen=True)
class Subject:
    """A visit and its calling."""

    visit: Visit
    call: VisitCall


def caller(actor: CurrentActor) -> Actor:
    if not calls_at_all(actor):
        raise CallersOnly
    return actor


CallerDep = Annotated[Actor, Depends(caller)]


async def call_to_view(visit_id: UUID, actor: CallerDep, session: SessionDep) -> Subject:
    """Raises CallNotFound."""
    return await _found(session, visit_id, actor, lock=False)


async def call_to_make(visit_id: UUID, actor: CallerDep, session: SessionDep) -> Subject:
    """Raises CallNotFound. The visit is locked: it decides whether there is anybody to call."""
    return await _found(session, visit_id, actor, lock=True)


async def _found(session: SessionDep, visit_id: UUID, actor: Actor, *, lock: bool) -> Subject:
    visit = await session.get(Visit, visit_id, with_for_update=lock or None)
    if visit is None or not may_call(actor, visit):
        raise CallNotFound
    call = await session.get(VisitCall, visit_id)
    if call is None:
        raise CallNotFound
    return Subject(visit, call)


CallToView = Annotated[Subject, Depends(call_to_view)]
CallToMake = Annotated[Subject, Depends(call_to_make)]
