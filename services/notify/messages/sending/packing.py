"""Making parcels of claimed messages: contacts are opened here, and only for this."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.notify.channels.channel import Earlier, Parcel
from services.notify.consents.ledger import balances
from services.notify.copies.contacts import Contact, ContactLock
from services.notify.copies.tables import OwnerCopy, StaffCopy
from services.notify.messages.domain.wording import Card
from services.notify.messages.sending.claiming import Claimed, unresolved
from services.notify.messages.tables import MessageAttempt
from shared.privacy import FieldCipher

Contacts = Mapping[UUID, Contact]


async def pack(
    session: AsyncSession, cipher: FieldCipher, claimed: Sequence[Claimed]
) -> Sequence[Parcel]:
    people = {message.recipient_id for message, _ in claimed}
    contacts = await _contacts(session, cipher, people)
    accepted = await balances(session, people)
    open_questions = await unresolved(session, [message.id for message, _ in claimed])
    return [
        Parcel(
            attempt_id=attempt.id,
            message_id=message.id,
            recipient_id=message.recipient_id,
            channel=attempt.channel,
            notification=message.notification,
            template=message.template,
            card=Card(**message.card),
            contact=contacts.get(message.recipient_id),
            allowance=accepted.get((message.recipient_id, message.template), 0),
            earlier=_earlier(open_questions.get((message.id, attempt.channel))),
        )
        for message, attempt in claimed
    ]


async def _contacts(session: AsyncSession, cipher: FieldCipher, people: set[UUID]) -> Contacts:
    """Of those who are known here and have an account still."""
    owners = select(OwnerCopy).where(col(OwnerCopy.id).in_(people), col(OwnerCopy.active))
    staff = select(StaffCopy).where(col(StaffCopy.id).in_(people), col(StaffCopy.active))
    found = [*(await session.execute(owners)).scalars(), *(await session.execute(staff)).scalars()]
    return {each.id: _opened(cipher, each) for each in found}


def _opened(cipher: FieldCipher, person: OwnerCopy | StaffCopy) -> Contact:
    lock = ContactLock(cipher, person.__tablename__)
    return lock.open_(person.id, person.openid, person.mobile)


def _earlier(attempt: MessageAttempt | None) -> Earlier | None:
    return Earlier(attempt.id, attempt.started_at) if attempt else None
