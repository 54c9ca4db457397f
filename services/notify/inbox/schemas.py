"""The inbox as its reader sees it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.notify.inbox.domain.families import Family, family_of
from services.notify.moments import Moment
from shared.web.body import Body
from shared.web.paging import Page


class InboxEntry(BaseModel):
    """`notification` is the row of lifecycle 3.7, e.g. N06, or what the system says of itself:
    BUDGET, WEBHOOK_GONE …
    """

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    notification: str
    title: str
    body: str
    case_id: UUID | None
    complaint_id: UUID | None
    created_at: Moment
    read_at: Moment | None


class Unread(BaseModel):
    """How many messages are unread, in all and by family."""

    total: int = 0
    cases: int = 0
    deadlines: int = 0
    notices: int = 0
    system: int = 0

    @classmethod
    def of(cls, by_notification: Mapping[str, int]) -> Unread:
        counts = dict.fromkeys(Family, 0)
        for notification, count in by_notification.items():
            counts[family_of(notification)] += count
        return cls(
            total=sum(counts.values()),
            cases=counts[Family.CASES],
            deadlines=counts[Family.DEADLINES],
            notices=counts[Family.NOTICES],
            system=counts[Family.SYSTEM],
        )


class Inbox(Page[InboxEntry]):
    """A page of the inbox, newest first, and how many messages are unread in all of it."""

    unread: int


class InboxFilter(BaseModel):
    """What of the inbox is asked for; whatever is absent is no limit."""

    unread: bool = False
    case_id: UUID | None = None
    notification: Annotated[str | None, Field(pattern=r"^[A-Z][A-Z0-9_]{2,40}$")] = None
    family: Family | None = None


class ReadingBody(Body):
    """`up_to` is a message of the own inbox: it and all that are older are read."""

    up_to: UUID


class Reading(BaseModel):
    """How many messages were unread until now, and what is unread still."""

    read: int
    unread: Unread


class InboxChanges(BaseModel):
    """What is new or was read since the cursor, oldest first; `next` is the cursor to go on with.

    `more`: ask again at once; else after `ask_again_seconds`. `resync`: the cursor leads nowhere
    any more, read the inbox anew.
    """

    items: list[InboxEntry]
    next: str
    more: bool
    resync: bool = False
    unread: Unread
    ask_again_seconds: int
