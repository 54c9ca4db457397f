"""The inbox, for everybody; and the record of messages, for staff."""

from __future__ import annotations

from fastapi import APIRouter

from services.notify.deed import DeedDep
from services.notify.messages.commands.reading import read
from services.notify.messages.domain.policies import may_see_owners
from services.notify.messages.guards import CaseToOversee, MessageToRead
from services.notify.messages.queries import attempts_at, inbox_of, of_case, unread_of
from services.notify.messages.schemas import Inbox, InboxEntry, MessageRecord
from shared.web.dependencies import CurrentActor, SessionDep
from shared.web.paging import Page, Paging

router = APIRouter(tags=["messages"])


@router.get("/inbox")
async def inbox(actor: CurrentActor, session: SessionDep, paging: Paging) -> Inbox:
    """The caller's own messages, newest first."""
    messages, following = await inbox_of(session, actor, paging)
    entries = [InboxEntry.model_validate(message) for message in messages]
    return Inbox(items=entries, next=following, unread=await unread_of(session, actor))


@router.post("/inbox/{message_id}/reading")
async def note_reading(message: MessageToRead, deed: DeedDep) -> InboxEntry:
    """The caller has read it; the first reading counts."""
    return InboxEntry.model_validate(read(deed, message))


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
