"""Registering and changing owners' accounts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.intake.houses.queries import dwellings_of
from services.intake.houses.register import verify_pending
from services.intake.owners.announcing import announce, owner_as_actor
from services.intake.owners.consenting import drop_guardian_with
from services.intake.owners.contacts import Contacts
from services.intake.owners.domain.refusals import AccountClosed
from services.intake.owners.proof import Proof
from services.intake.owners.queries import by_openid
from services.intake.owners.tables import Owner
from shared import audit
from shared.ids import new_id
from shared.runtime import Runtime


async def admit_owner(
    session: AsyncSession, runtime: Runtime, proof: Proof, *, at: datetime
) -> Owner:
    """The account behind the proof, made on the first visit. Raises AccountClosed (A04)."""
    contacts = runtime.part(Contacts)
    candidates = contacts.candidates(proof.openid, "openid")
    owner = await by_openid(session, candidates)
    if owner is None:
        await _register(session, contacts, proof.openid, at)
        owner = await by_openid(session, candidates)
    assert owner is not None, "either we or a concurrent request made it"
    if not owner.active:
        raise AccountClosed
    if _brings_news(contacts, owner, proof):
        await _take_up(session, runtime, owner, proof.mobile, at)
    return owner


async def _register(session: AsyncSession, contacts: Contacts, openid: str, at: datetime) -> None:
    """Two first visits at once make one account: the second insert does nothing."""
    owner_id = new_id()
    row = {"id": owner_id, "version": 0, "active": True, "registered_at": at}
    row |= contacts.openid_columns(owner_id, openid)
    made = await session.execute(
        insert(Owner).values(row).on_conflict_do_nothing().returning(col(Owner.id))
    )
    if made.scalar_one_or_none() is not None:
        _record(session, owner_id, "owner.registered", at)


def _brings_news(contacts: Contacts, owner: Owner, proof: Proof) -> bool:
    if owner.version == 0:
        return True
    return proof.mobile is not None and contacts.mobile(owner) != proof.mobile


async def _take_up(
    session: AsyncSession, runtime: Runtime, owner: Owner, mobile: str | None, at: datetime
) -> None:
    """A new number may be the one the register knows for a house that is still pending."""
    owner.version += 1
    if mobile is not None:
        await _keep_mobile(session, runtime, owner, mobile, at)
    dwellings = await dwellings_of(session, owner.id)
    announce(session, runtime.part(Contacts), owner, dwellings, at=at)


async def change_mobile(
    session: AsyncSession, runtime: Runtime, owner: Owner, mobile: str, *, at: datetime
) -> None:
    """The number has been proven. The same one again changes nothing."""
    if runtime.part(Contacts).mobile(owner) != mobile:
        await _take_up(session, runtime, owner, mobile, at)


async def _keep_mobile(
    session: AsyncSession, runtime: Runtime, owner: Owner, mobile: str, at: datetime
) -> None:
    contacts = runtime.part(Contacts)
    for column, value in contacts.mobile_columns(owner.id, mobile).items():
        setattr(owner, column, value)
    await drop_guardian_with(session, contacts, owner, mobile)
    await verify_pending(session, runtime, owner.id, mobile, at=at)
    _record(session, owner.id, "owner.mobile_changed", at)


def _record(session: AsyncSession, owner_id: UUID, action: str, at: datetime) -> None:
    audit.append(
        session,
        actor=owner_as_actor(owner_id),
        action=action,
        subject_type="owner",
        subject_id=owner_id,
        at=at,
    )
