"""Writing down who is to be told of an event; sending comes later and may fail without harm."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from services.notify.changes.reading import announce
from services.notify.deed import Deed
from services.notify.messages.domain.catalogue import Notice, notices_on
from services.notify.messages.domain.facts import facts_of
from services.notify.messages.domain.quiet_hours import first_moment
from services.notify.messages.domain.recipient import Recipient, channels_for
from services.notify.messages.domain.wording import Wording, word
from services.notify.messages.recipients import recipients
from services.notify.messages.tables import Message
from shared.contracts import Envelope
from shared.contracts.event import Event
from shared.contracts.intake import ComplaintEvent
from shared.contracts.routing import AcceptanceOverdue, CaseEvent
from shared.database import after_commit, database_of
from shared.ids import new_id
from shared.rulebook import Rulebook

BELL = "message"


@dataclass(frozen=True)
class Occasion:
    """The event that people are told about. `case_id` and `complaint_id` say what it concerns."""

    event: Event
    envelope: Envelope

    @property
    def case_id(self) -> UUID | None:
        if isinstance(self.event, CaseEvent):
            return self.event.case.id
        return self.event.complaint.case_id if isinstance(self.event, ComplaintEvent) else None

    @property
    def complaint_id(self) -> UUID | None:
        if isinstance(self.event, AcceptanceOverdue):
            return self.event.pending.id
        return self.event.complaint.id if isinstance(self.event, ComplaintEvent) else None

    @property
    def is_urgent(self) -> bool:
        return isinstance(self.event, CaseEvent) and self.event.case.emergency


async def tell(deed: Deed, occasion: Occasion) -> None:
    """One message per recipient and notification, however often the event is told (invariant 9)."""
    book = _rulebook(deed, occasion.event)
    facts = facts_of(occasion.event, book)
    for notice in notices_on(type(occasion.event)):
        if not notice.when(occasion.event):
            continue
        wording = word(notice, facts, occasion.envelope.time)
        content = _content(occasion, notice, wording)
        to = book.notifications[notice.code].to
        for recipient in await recipients(deed.session, to, occasion.event):
            delivery = _delivery(deed, occasion, book, recipient, notice.code)
            await _write(deed, content | delivery)
    after_commit(deed.session, partial(database_of(deed.session).ring, BELL))
    announce(deed.session)


def _rulebook(deed: Deed, event: Event) -> Rulebook:
    """A case keeps the rulebook of its acceptance (X39)."""
    if isinstance(event, CaseEvent):
        return deed.runtime.rulebooks.named(event.case.rulebook)
    return deed.runtime.rulebooks.in_force_at(deed.at)


def _content(occasion: Occasion, notice: Notice, wording: Wording) -> dict[str, Any]:
    return {
        "event_id": occasion.envelope.id,
        "event_type": occasion.event.name,
        "notification": notice.code,
        "case_id": occasion.case_id,
        "complaint_id": occasion.complaint_id,
        "title": wording.title,
        "body": wording.body,
        "template": notice.template,
        "card": wording.card.lines(),
    }


def _delivery(
    deed: Deed, occasion: Occasion, book: Rulebook, recipient: Recipient, code: str
) -> dict[str, Any]:
    rule, hours = book.notifications[code], book.notices.quiet_hours
    quiet = recipient.may_rest and not (rule.urgent or occasion.is_urgent)
    return {
        "recipient_kind": recipient.kind,
        "recipient_id": recipient.id,
        "channels": list(channels_for(recipient.kind, rule.channels)),
        "quiet": quiet,
        "deliver_after": first_moment(deed.at, hours) if quiet else deed.at,
    }


async def _write(deed: Deed, message: dict[str, Any]) -> None:
    row = insert(Message).values(id=new_id(), created_at=deed.at, **message)
    await deed.session.execute(row.on_conflict_do_nothing())
