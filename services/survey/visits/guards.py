"""Loading a visit for the one who may have it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends

from services.survey.visits.queries import visible_to
from services.survey.visits.tables import Visit
from shared.errors import NotFound
from shared.web.dependencies import CurrentActor, SessionDep


class VisitNotFound(NotFound):
    """There is no such visit of yours."""

    code = "VISIT_NOT_FOUND"
    chinese = "未找到该回访，或不属于您。"


async def visit_to_view(visit_id: UUID, actor: CurrentActor, session: SessionDep) -> Visit:
    wanted = visible_to(actor).where(Visit.id == visit_id)
    return _found((await session.execute(wanted)).scalar_one_or_none())


async def visit_to_answer(visit_id: UUID, actor: CurrentActor, session: SessionDep) -> Visit:
    """Only the owner sees a visit, and who sees it may answer it."""
    wanted = visible_to(actor).where(Visit.id == visit_id).with_for_update()
    return _found((await session.execute(wanted)).scalar_one_or_none())


def _found(visit: Visit | None) -> Visit:
    if visit is None:
        raise VisitNotFound
    return visit


VisitToView = Annotated[Visit, Depends(visit_to_view)]
VisitToAnswer = Annotated[Visit, Depends(visit_to_answer)]
