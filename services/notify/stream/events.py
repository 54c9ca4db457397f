"""What goes over a stream: never a person's name, never the text of a message."""

from __future__ import annotations

import json
from enum import StrEnum

from fastapi.sse import ServerSentEvent

from services.notify.changes.domain.cursor import Cursor
from services.notify.inbox.domain.families import family_of
from services.notify.inbox.schemas import Unread
from services.notify.messages.tables import Message
from services.notify.moments import in_beijing

RECONNECT_AFTER = 3_000  # milliseconds


class End(StrEnum):
    """Why a stream ends from our side."""

    TOKEN_EXPIRED = "TOKEN_EXPIRED"
    SESSION_REVOKED = "SESSION_REVOKED"
    SHUTTING_DOWN = "SHUTTING_DOWN"


def of_message(message: Message) -> tuple[str, str]:
    """The name of the event and its data, the same for everybody who hears it.

    A message that was read at once is first heard of by its reading, so that tells as much.
    """
    told = {
        "id": str(message.id),
        "notification": message.notification,
        "family": family_of(message.notification),
        "title": message.title,
        "case_id": str(message.case_id) if message.case_id else None,
        "created_at": in_beijing(message.created_at).isoformat(),
        "read_at": in_beijing(message.read_at).isoformat() if message.read_at else None,
    }
    return "reading" if message.read_at else "message", json.dumps(told, ensure_ascii=False)


def change(name: str, data: str, cursor: Cursor) -> ServerSentEvent:
    return ServerSentEvent(event=name, raw_data=data, id=cursor.text)


def unread(counts: Unread, cursor: Cursor | None = None) -> ServerSentEvent:
    """`cursor` where the stream begins: from there on it can be taken up again."""
    return ServerSentEvent(
        event="unread",
        raw_data=counts.model_dump_json(),
        id=cursor.text if cursor else None,
        retry=RECONNECT_AFTER if cursor else None,
    )


def resync(cursor: Cursor) -> ServerSentEvent:
    """Some events were left out: read the inbox anew."""
    return ServerSentEvent(event="resync", raw_data="{}", id=cursor.text)


def end(reason: End) -> ServerSentEvent:
    return ServerSentEvent(event="end", raw_data=json.dumps({"reason": reason}))
