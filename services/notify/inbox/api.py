"""The inbox, for everybody with a token."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from services.notify.deed import DeedDep
from services.notify.inbox.commands import read, read_up_to
from services.notify.inbox.guards import MessageToRead, OwnMessage, newest_read
from services.notify.inbox.polling import After, answered, news
from services.notify.inbox.queries import inbox_of, unread_of
from services.notify.inbox.schemas import (
    Inbox,
    InboxChanges,
    InboxEntry,
    InboxFilter,
    Reading,
    ReadingBody,
    Unread,
)
from shared.web.dependencies import CurrentActor, CurrentRuntime, Now, SessionDep
from shared.web.paging import Paging

router = APIRouter(prefix="/inbox", tags=["inbox"])


@router.get("")
async def inbox(
    actor: CurrentActor,
    session: SessionDep,
    paging: Paging,
    wanted: Annotated[InboxFilter, Query()],
) -> Inbox:
    """The caller's own messages, newest first."""
    messages, following = await inbox_of(session, actor, wanted, paging)
    entries = [InboxEntry.model_validate(message) for message in messages]
    unread = await unread_of(session, actor)
    return Inbox(items=entries, next=following, unread=unread.total)


@router.get("/counts")
async def counts(actor: CurrentActor, session: SessionDep) -> Unread:
    """How many messages are unread, in all and by family."""
    return await unread_of(session, actor)


@router.get("/changes", response_model=InboxChanges, responses={304: {"description": "known"}})
async def changes(
    actor: CurrentActor,
    session: SessionDep,
    runtime: CurrentRuntime,
    now: Now,
    request: Request,
    after: After = None,
) -> Response:
    """What is new or was read since the cursor `after`, at once; 304 when nothing is."""
    live = runtime.rulebooks.in_force_at(now).notices.live
    return answered(request, await news(session, actor, after, live.poll_seconds))


@router.post("/reading")
async def note_reading_up_to(body: ReadingBody, deed: DeedDep) -> Reading:
    """The caller has read this message and all that are older."""
    return await read_up_to(deed, await newest_read(deed, body))


@router.get("/{message_id}")
async def message(message: OwnMessage) -> InboxEntry:
    """One message; looking at it is not a reading."""
    return InboxEntry.model_validate(message)


@router.post("/{message_id}/reading")
async def note_reading(message: MessageToRead, deed: DeedDep) -> InboxEntry:
    """The caller has read it; the first reading counts."""
    return InboxEntry.model_validate(await read(deed, message))
