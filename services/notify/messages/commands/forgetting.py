"""An owner had the account erased: nothing reaches or tells of the person any more."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select

from services.notify.calendar.feeds import forget_feed
from services.notify.consents.tables import Consent
from services.notify.copies.tables import OwnerCopy
from services.notify.deed import Deed
from services.notify.messages.domain.lifecycle import MessageAction, MessageStatus, advance
from services.notify.messages.tables import Message
from services.notify.phoning.domain.lifecycle import WORKED_ON, TaskState
from services.notify.phoning.tables import PhoneCall, PhoneTask
from services.notify.preferences.tables import Preference
from shared import audit
from shared.contracts.intake import ErasedOwner
from shared.messaging.redacting import redact
from shared.web.once import forget_answers

FORGOTTEN = "账号已注销"
CONTACTS = ("openid", "mobile", "masked_mobile")


async def forget_owner(deed: Deed, owner: ErasedOwner) -> None:
    """Twice is as once, and whatever is heard of the account later is older (X37)."""
    await _forget_contacts(deed, owner)
    await deed.session.execute(delete(Consent).where(col(Consent.person_id) == owner.id))
    await deed.session.execute(delete(Preference).where(col(Preference.person_id) == owner.id))
    await _blank_messages(deed, owner.id)
    await _end_phone_tasks(deed, owner.id)
    await forget_feed(deed.session, owner.id)
    await redact(deed.session, [owner.id], _without_contacts)
    await forget_answers(deed.session, owner.id)
    audit.append(
        deed.session,
        actor=deed.actor,
        action="owner.forgotten",
        subject_type="owner",
        subject_id=owner.id,
        at=deed.at,
    )


async def _forget_contacts(deed: Deed, owner: ErasedOwner) -> None:
    gone: dict[str, Any] = {"version": owner.version, "openid": None, "mobile": None}
    gone |= {"active": False, "estate_ids": []}
    newest = func.greatest(col(OwnerCopy.version), owner.version)
    await deed.session.execute(
        insert(OwnerCopy)
        .values({"id": owner.id} | gone)
        .on_conflict_do_update(index_elements=["id"], set_=gone | {"version": newest})
    )


async def _blank_messages(deed: Deed, owner_id: UUID) -> None:
    """One that is being sent this moment is left to whoever sends it; it names nobody."""
    mine = col(Message.recipient_id) == owner_id
    waiting = (
        select(Message)
        .where(mine, Message.state == MessageStatus.WAITING)
        .where(col(Message.claimed_until).is_(None))
        .with_for_update(skip_locked=True)
    )
    for message in (await deed.session.execute(waiting)).scalars():
        message.state = advance(message.state, MessageAction.EXHAUST)
        message.settled_at = deed.at
    await deed.session.flush()
    await deed.session.execute(update(Message).where(mine).values(title=FORGOTTEN, body=""))


async def _end_phone_tasks(deed: Deed, owner_id: UUID) -> None:
    """Nobody is left to call; what callers noted goes with the person."""
    theirs = col(PhoneTask.owner_id) == owner_id
    mine = select(PhoneTask.id).where(theirs)
    await deed.session.execute(
        update(PhoneCall).where(col(PhoneCall.task_id).in_(mine)).values(note=None)
    )
    open_ones = col(PhoneTask.state).in_(sorted(WORKED_ON))
    await deed.session.execute(
        update(PhoneTask)
        .where(theirs, open_ones)
        .values(state=TaskState.UNREACHED, done_at=deed.at)
    )


def _without_contacts(data: dict[str, Any]) -> None:
    if "owner" in data:
        data["owner"] |= {name: None for name in CONTACTS if name in data["owner"]}
