"""The record of messages, for staff."""

from __future__ import annotations

from fastapi import APIRouter

from services.notify.messages.domain.policies import may_see_owners
from services.notify.messages.guards import CaseToOversee
from services.notify.messages.queries import attempts_at, of_case
from services.notify.messages.schemas import MessageRecord
from shared.web.dependencies import CurrentActor, SessionDep
from shared.web.paging import Page, Paging

router = APIRouter(tags=["messages"])


@router.get("/messages")
async def messages_of_case(
    case: CaseToOversee, actor: CurrentActor, session: SessionDep, paging: Paging
) -> Page[MessageRecord]:
    """Who was told what about a case, by which channel, or why not."""
    messages, following = await of_case(session, case, paging)
    attempts, owners = await attempts_at(session, messages), may_see_owners(actor, case)
    records = [
        MessageRecord.of(each, attempts.get(each.id, ()), owners=owners) for each in messages
    ]
    return Page(items=records, next=following)
