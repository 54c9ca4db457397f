"""Reading the inbox: pages, counts, and what is new since a cursor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.notify.inbox.domain.families import OTHERS, Family
from services.notify.inbox.schemas import InboxFilter, Unread
from services.notify.messages.queries import is_entry, newest_first, visible_to
from services.notify.messages.tables import Message
from shared.identity import Actor
from shared.web.paging import PageRequest

Counts = Mapping[UUID, Mapping[str, int]]


def inboxes_of(actor: Actor) -> tuple[UUID, ...]:
    """One's own, and that of one's organisation."""
    return tuple(each for each in (actor.id, actor.organisation_id) if each is not None)


async def inbox_of(
    session: AsyncSession, actor: Actor, wanted: InboxFilter, paging: PageRequest
) -> tuple[Sequence[Message], str | None]:
    found = visible_to(actor)
    if wanted.unread:
        found = found.where(col(Message.read_at).is_(None))
    if wanted.case_id is not None:
        found = found.where(Message.case_id == wanted.case_id)
    if wanted.notification is not None:
        found = found.where(Message.notification == wanted.notification)
    if wanted.family is Family.CASES:
        found = found.where(col(Message.notification).not_in(frozenset().union(*OTHERS.values())))
    elif wanted.family is not None:
        found = found.where(col(Message.notification).in_(OTHERS[wanted.family]))
    return await newest_first(session, found, paging)


async def unread_of(session: AsyncSession, actor: Actor) -> Unread:
    return unread_in(await unread_by_inbox(session, inboxes_of(actor)), inboxes_of(actor))


async def unread_by_inbox(session: AsyncSession, inboxes: Iterable[UUID]) -> Counts:
    """How many of each notification are unread, by recipient."""
    wanted = (
        select(Message.recipient_id, Message.notification, func.count())
        .where(is_entry(), col(Message.read_at).is_(None))
        .where(col(Message.recipient_id).in_(list(inboxes)))
        .group_by(col(Message.recipient_id), col(Message.notification))
    )
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    for recipient, notification, count in await session.execute(wanted):
        found[recipient][notification] = count
    return found


def unread_in(counts: Counts, inboxes: Iterable[UUID]) -> Unread:
    """Of these inboxes together."""
    together: dict[str, int] = defaultdict(int)
    for inbox in inboxes:
        for notification, count in counts.get(inbox, {}).items():
            together[notification] += count
    return Unread.of(together)
