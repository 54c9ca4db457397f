"""N16: the owners of the estates are told of a notice, batch by batch, each once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, cast
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select

from services.notify.changes.reading import announce
from services.notify.copies.tables import OwnerCopy
from services.notify.deed import Deed
from services.notify.messages.commands.telling import BELL as MESSAGE_BELL
from services.notify.messages.commands.telling import delivery
from services.notify.messages.domain.catalogue import notices_on
from services.notify.messages.domain.facts import facts_of
from services.notify.messages.domain.notice import Notice
from services.notify.messages.domain.planning import Matter, plan
from services.notify.messages.domain.recipient import Recipient, RecipientKind
from services.notify.messages.domain.wording import word
from services.notify.messages.tables import Message
from services.notify.preferences.domain.choice import AS_USUAL
from services.notify.preferences.queries import choices
from services.notify.publications.commands.publishing import BELL, link_of, state_of
from services.notify.publications.domain.lifecycle import NoticeState
from services.notify.publications.tables import OwnersRound, PublicNotice
from services.notify.waking import whenever_rung
from shared.contracts.notify import NoticePublished
from shared.database import after_commit, database_of
from shared.identity import SYSTEM
from shared.ids import new_id
from shared.rulebook import Rulebook
from shared.runtime import Runtime

BATCH = 500


class OwnersTeller:
    """Every batch is a transaction of its own that also says how far it came."""

    def __init__(self, runtime: Runtime, batch: int = BATCH) -> None:
        self._runtime = runtime
        self._batch = batch
        self._telling = asyncio.Lock()

    async def run(self) -> None:
        """Tell until cancelled."""
        await whenever_rung(self._runtime.database, BELL, self.pump)

    async def pump(self) -> int:
        """Tell everybody who is to be told now; returns how many batches that took."""
        async with self._telling:
            batches = 0
            while await self._one_batch():
                batches += 1
            return batches

    async def _one_batch(self) -> bool:
        async with self._runtime.database.transaction() as session:
            deed = Deed(session, self._runtime, SYSTEM, self._runtime.clock.now())
            round_ = await _open_round(deed)
            if round_ is None:
                return False
            notice = await session.get_one(PublicNotice, round_.notice_id)
            owners = await _next_owners(deed, notice, round_.after, self._batch)
            if owners:
                await _write(deed, notice, round_.event_id, owners)
                round_.after, round_.told = owners[-1], round_.told + len(owners)
            if len(owners) < self._batch:
                round_.finished_at = deed.at
            return True


async def _open_round(deed: Deed) -> OwnersRound | None:
    wanted = (
        select(OwnersRound)
        .where(col(OwnersRound.finished_at).is_(None))
        .order_by(col(OwnersRound.notice_id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return (await deed.session.execute(wanted)).scalar_one_or_none()


async def _next_owners(
    deed: Deed, notice: PublicNotice, after: UUID | None, limit: int
) -> Sequence[UUID]:
    """Those with a home in one of its estates; nobody is told of what is no longer published."""
    if notice.state != NoticeState.PUBLISHED:
        return ()
    estates = cast(notice.estate_ids, ARRAY(Uuid))
    wanted = (
        select(OwnerCopy.id)
        .where(col(OwnerCopy.active), col(OwnerCopy.estate_ids).op("&&")(estates))
        .order_by(col(OwnerCopy.id))
        .limit(limit)
    )
    if after is not None:
        wanted = wanted.where(col(OwnerCopy.id) > after)
    return (await deed.session.execute(wanted)).scalars().all()


async def _write(deed: Deed, notice: PublicNotice, event_id: UUID, owners: Sequence[UUID]) -> None:
    """To each as they chose to be told."""
    event = NoticePublished(notice=state_of(notice, link_of(deed, notice)))
    book = deed.runtime.rulebooks.in_force_at(deed.at)
    (said,) = (each for each in notices_on(NoticePublished) if each.when(event))
    rule = book.notifications[said.code]
    matter = Matter(rule, said.template, rule.urgent)
    message = _message(event, said, book) | {"event_id": event_id, "created_at": deed.at}
    chosen = await choices(deed.session, owners)
    rows = []
    for recipient in (Recipient(RecipientKind.OWNER, owner) for owner in owners):
        choice = chosen.get(recipient.id, AS_USUAL)
        planned = plan(recipient, matter, choice, book.notices, deed.at)
        rows.append(message | {"id": new_id()} | delivery(recipient, matter, planned))
    await deed.session.execute(insert(Message).values(rows).on_conflict_do_nothing())
    after_commit(deed.session, partial(database_of(deed.session).ring, MESSAGE_BELL))
    announce(deed.session)


def _message(event: NoticePublished, said: Notice, book: Rulebook) -> dict[str, Any]:
    """The same for every owner."""
    wording = word(said, facts_of(event, book), event.notice.published_at)
    return {
        "event_type": event.name,
        "notification": said.code,
        "case_id": None,
        "complaint_id": None,
        "title": wording.title,
        "body": wording.body,
        "template": said.template,
        "card": wording.card.lines(),
    }
