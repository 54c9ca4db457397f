"""Messages as their readers see them."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.notify.moments import Moment
from shared.web.paging import Page


class InboxEntry(BaseModel):
    """`notification` is the row of lifecycle 3.7, e.g. N06."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    notification: str
    title: str
    body: str
    case_id: UUID | None
    complaint_id: UUID | None
    created_at: Moment
    read_at: Moment | None


class Inbox(Page[InboxEntry]):
    """A page of the inbox, newest first, and how many messages are unread in all of it."""

    unread: int
