"""What is new since a cursor, for programs that ask again and again; cheap when nothing is."""

from __future__ import annotations

import hashlib
from typing import Annotated

from fastapi import Query, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from services.notify.changes.domain.cursor import LONGEST, Cursor
from services.notify.changes.reading import Changes, changes, snapshot
from services.notify.inbox.queries import inboxes_of, unread_of
from services.notify.inbox.schemas import InboxChanges, InboxEntry
from shared.identity import Actor
from shared.web.paging import MOST, CursorInvalid

After = Annotated[str | None, Query(max_length=LONGEST, pattern=r"^[A-Za-z0-9_=-]*$")]


async def news(
    session: AsyncSession, actor: Actor, after: str | None, ask_again_seconds: int
) -> InboxChanges:
    """Without a cursor: nothing yet, and a cursor to begin with. Raises CursorInvalid."""
    now = await snapshot(session)
    cursor = _read(after) if after else Cursor(now)
    astray = cursor.is_ahead_of(now)
    if astray:
        cursor = Cursor(now)
    found = Changes((), cursor)
    if after and not astray:
        found = await changes(session, inboxes_of(actor), cursor, MOST)
    return InboxChanges(
        items=[InboxEntry.model_validate(message) for message in found.messages],
        next=found.cursor.text,
        more=found.more,
        resync=astray,
        unread=await unread_of(session, actor),
        ask_again_seconds=ask_again_seconds,
    )


def answered(request: Request, found: InboxChanges) -> Response:
    """304 when the client has said by `If-None-Match` that it knows all this.

    The tag names the position and what is unread, so it may be sent with the next cursor as well.
    Whoever has no cursor yet is always given one.
    """
    state = f"{found.next} {found.unread.model_dump_json()}"
    tag = f'"{hashlib.sha256(state.encode()).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    begins = "after" not in request.query_params
    nothing_new = not (begins or found.items or found.more or found.resync)
    if nothing_new and request.headers.get("If-None-Match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(found.model_dump_json(), media_type="application/json", headers=headers)


def _read(after: str) -> Cursor:
    try:
        return Cursor.parse(after)
    except ValueError:
        raise CursorInvalid from None
