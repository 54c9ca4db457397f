"""The inbox, for everybody; and the record of messages, for staff."""

from __future__ import annotations

from fastapi import APIRouter

from services.notify.deed import DeedDep
from services.notify.messages.commands.reading import read
from services.notify.messages.domain.policies import may_see_owners
from services.notify.messages.guards import CaseToOversee, MessageToOversee, MessageToRead
from services.notify.messages.overseeing import not_told, of_case, recorded
from services.notify.messages.queries import inbox_of, unread_of
from services.notify.messages.records import MessageRecord, MessagesOfCase, NotToldOut
from services.notify.messages.schemas import Inbox, InboxEntry
from shared.web.dependencies import CurrentActor, SessionDep
from shared.web.paging import Paging

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
