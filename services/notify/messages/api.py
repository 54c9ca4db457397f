"""The record of messages, for staff."""

from __future__ import annotations

from fastapi import APIRouter

from services.notify.messages.domain.policies import may_see_owners
from services.notify.messages.guards import CaseToOversee, MessageToOversee
from services.notify.messages.overseeing import not_told, of_case, recorded
from services.notify.messages.records import MessageRecord, MessagesOfCase, NotToldOut
from shared.web.dependencies import CurrentActor, SessionDep
from shared.web.paging import Paging

router = APIRouter(tags=["messages"])


@router.get("/messages")
async def messages_of_case(
    case: CaseToOversee, actor: CurrentActor, session: SessionDep, paging: Paging
) -> MessagesOfCase:
    """Who was told what about a case, by which channel, or why not; and who was not told at all."""
    messages, following = await of_case(session, case, paging)
    records = await recorded(session, messages, owners=may_see_owners(actor, case))
    left = await not_told(session, case, paging, messages if following else ())
    return MessagesOfCase(
        items=records, next=following, not_told=[NotToldOut.of(each) for each in left]
    )


@router.get("/messages/{message_id}")
async def message(
    found: MessageToOversee, actor: CurrentActor, session: SessionDep
) -> MessageRecord:
    """One of them: every attempt, what it cost, and in words why it arrived or did not."""
    told, case = found
    (record,) = await recorded(session, [told], owners=may_see_owners(actor, case))
    return record
