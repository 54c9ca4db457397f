"""Telling people of something that is no event of a case: it stands in their inboxes only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from services.notify.changes.reading import announce
from services.notify.deed import Deed
from services.notify.messages.commands.telling import BELL
from services.notify.messages.domain.course import INBOX
from services.notify.messages.domain.notice import Template
from services.notify.messages.domain.recipient import Recipient
from services.notify.messages.domain.wording import Card
from services.notify.messages.domain.words import at
from services.notify.messages.tables import Message
from shared.database import after_commit, database_of
from shared.ids import new_id


@dataclass(frozen=True)
class Note:
    """`about` says what happened, as an event's name would; `code` is what N01 is to a notice."""

    id: UUID
    about: str
    code: str
    title: str
    phrase: str
    body: str
    case_id: UUID | None = None


async def note(deed: Deed, said: Note, recipients: Iterable[Recipient]) -> None:
    """One message per recipient, however often the note is written."""
    card = Card(number="", matter=said.title, phrase=said.phrase, time=at(deed.at), note=said.title)
    for recipient in dict.fromkeys(recipients):
        row = insert(Message).values(
            id=new_id(),
            event_id=said.id,
            event_type=said.about,
            notification=said.code,
            recipient_kind=recipient.kind,
            recipient_id=recipient.id,
            case_id=said.case_id,
            title=said.title,
            body=said.body,
            template=Template.TASK,
            card=card.lines(),
            channels=[INBOX],
            quiet=False,
            deliver_after=deed.at,
            created_at=deed.at,
        )
        await deed.session.execute(row.on_conflict_do_nothing())
    after_commit(deed.session, partial(database_of(deed.session).ring, BELL))
    announce(deed.session)
