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
from services.notify.messages.domain.facts import facts_at
from services.notify.messages.domain.leaving_out import LeftOut, Why
from services.notify.messages.domain.planning import Matter, Plan, plan
from services.notify.messages.domain.recipient import Recipient
from services.notify.messages.domain.wording import Wording, word
from services.notify.messages.governing import names_of
from services.notify.messages.leaving_out import closed_accounts, left_out, note
from services.notify.messages.recipients import recipients
from services.notify.messages.tables import Message
from services.notify.preferences.domain.choice import AS_USUAL
from services.notify.preferences.queries import choices
from shared.contracts import Envelope
from shared.contracts.event import Event
from shared.contracts.intake import ComplaintEvent
from shared.contracts.routing import AcceptanceDueSoon, AcceptanceOverdue, CaseEvent
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
        if isinstance(self.event, AcceptanceOverdue | AcceptanceDueSoon):
            return self.event.pending.id
        return self.event.complaint.id if isinstance(self.event, ComplaintEvent) else None

    @property
    def is_urgent(self) -> bool:
        return isinstance(self.event, CaseEvent) and self.event.case.emergency


async def tell(deed: Deed, occasion: Occasion) -> None:
    """One message per recipient and notification, however often the event is told (invariant 9)."""
    book = _rulebook(deed, occasion.event)
    facts = {
        **facts_at(occasion.event, book, occasion.envelope.time),
        **await names_of(deed.session, occasion.event),
    }
    for notice in notices_on(type(occasion.event)):
        if not notice.when(occasion.event):
            continue
        wording = word(notice, facts, occasion.envelope.time)
        await _tell_of(deed, occasion, book, notice, wording)
    after_commit(deed.session, partial(database_of(deed.session).ring, BELL))
    announce(deed.session)


async def _tell_of(
    deed: Deed, occasion: Occasion, book: Rulebook, notice: Notice, wording: Wording
) -> None:
    content = _content(occasion, notice, wording)
    rule = book.notifications[notice.code]
    found = await recipients(deed.session, rule.to, occasion.event, book)
    closed = await closed_accounts(deed.session, found)
    chosen = await choices(deed.session, [recipient.id for recipient in found])
    matter = Matter(rule, notice.template, rule.urgent or occasion.is_urgent)
    for recipient in found:
        if recipient.id in closed:
            continue
        choice = chosen.get(recipient.id, AS_USUAL)
        planned = plan(recipient, matter, choice, book.notices, deed.at)
        await _write(deed, content | delivery(recipient, matter, planned))
    left = await left_out(deed.session, rule.to, occasion.event, found)
    left += [LeftOut(Why.ERASED, account) for account in sorted(closed)]
    await note(deed.session, _told_of(occasion, notice) | {"at": deed.at}, left)


def _rulebook(deed: Deed, event: Event) -> Rulebook:
    """A case keeps the rulebook of its acceptance (X39)."""
    if isinstance(event, CaseEvent):
        return deed.runtime.rulebooks.named(event.case.rulebook)
    return deed.runtime.rulebooks.in_force_at(deed.at)


def _told_of(occasion: Occasion, notice: Notice) -> dict[str, Any]:
    return {
        "event_id": occasion.envelope.id,
        "event_type": occasion.event.name,
        "notification": notice.code,
        "case_id": occasion.case_id,
        "complaint_id": occasion.complaint_id,
    }


def _content(occasion: Occasion, notice: Notice, wording: Wording) -> dict[str, Any]:
    return _told_of(occasion, notice) | {
        "title": wording.title,
        "body": wording.body,
        "template": notice.template,
        "card": wording.card.lines(),
    }


def delivery(recipient: Recipient, matter: Matter, planned: Plan) -> dict[str, Any]:
    """To whom a message goes, how and when, and why so."""
    hours = planned.hours
    return {
        "recipient_kind": recipient.kind,
        "recipient_id": recipient.id,
        "channels": list(planned.channels),
        "left_out": [
            {"channel": channel, "reason": why} for channel, why in planned.left_out.items()
        ],
        "urgent": matter.urgent,
        "quiet": hours is not None,
        "quiet_begins": hours.begins if hours else None,
        "quiet_ends": hours.ends if hours else None,
        "digestible": planned.digestible,
        "deliver_after": planned.deliver_after,
        "held": planned.held,
        "held_until": planned.deliver_after if planned.held else None,
    }


async def _write(deed: Deed, message: dict[str, Any]) -> None:
    row = insert(Message).values(id=new_id(), created_at=deed.at, **message)
    await deed.session.execute(row.on_conflict_do_nothing())
