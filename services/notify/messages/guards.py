"""Loading messages for those who may have them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from services.notify.copies.tables import CaseCopy
from services.notify.messages.domain.policies import may_oversee
from services.notify.messages.overseeing import case_about
from services.notify.messages.tables import Message
from shared.errors import Forbidden, NotFound
from shared.identity import End
from shared.web.dependencies import CurrentActor, SessionDep


class MessageNotFound(NotFound):
    """There is no such message, or it is not for you."""

    code = "MESSAGE_NOT_FOUND"
    chinese = "没有这条消息，或您无权查看。"


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


async def message_to_oversee(
    message_id: UUID, actor: CurrentActor, session: SessionDep
) -> tuple[Message, CaseCopy]:
    """With the case that it is about."""
    if actor.end is End.OWNER:
        raise MessagesForStaffOnly
    message = await session.get(Message, message_id)
    case = await case_about(session, message) if message else None
    if message is None or case is None or not may_oversee(actor, case):
        raise MessageNotFound
    return message, case


MessageToOversee = Annotated[tuple[Message, CaseCopy], Depends(message_to_oversee)]
CaseToOversee = Annotated[CaseCopy, Depends(case_to_oversee)]
