"""Loading messages for those who may have them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from services.notify.copies.tables import CaseCopy
from services.notify.messages.domain.policies import may_oversee
from shared.errors import Forbidden, NotFound
from shared.identity import End
from shared.web.dependencies import CurrentActor, SessionDep


class CaseNotFound(NotFound):
    """There is no such case, or you may not see it."""

    code = "CASE_NOT_FOUND"
    chinese = "没有这个案件，或您无权查看。"


class MessagesForStaffOnly(Forbidden):
    """Only staff of the governance centre, the community or the grid may see who was told what."""

    code = "MESSAGES_FOR_STAFF_ONLY"
    chinese = "只有综治中心、社区和网格工作人员可以查看通知记录。"


async def case_to_oversee(
    case_id: Annotated[UUID, Query()], actor: CurrentActor, session: SessionDep
) -> CaseCopy:
    if actor.end is End.OWNER:
        raise MessagesForStaffOnly
    case = await session.get(CaseCopy, case_id)
    if case is None or not may_oversee(actor, case):
        raise CaseNotFound
    return case


CaseToOversee = Annotated[CaseCopy, Depends(case_to_oversee)]
