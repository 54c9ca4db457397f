"""Binding owners to their homes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import select

from services.intake.houses.domain.binding import BindingExists, BindingState, Relation
from services.intake.houses.queries import dwellings_of
from services.intake.houses.register import is_registered, mark_verified
from services.intake.houses.tables import Binding, House
from services.intake.owners.announcing import announce, owner_as_actor
from services.intake.owners.contacts import Contacts
from services.intake.owners.tables import Owner
from shared import audit
from shared.ids import new_id
from shared.runtime import Runtime


async def bind(
    session: AsyncSession,
    runtime: Runtime,
    owner: Owner,
    house: House,
    relation: Relation,
    *,
    at: datetime,
) -> Binding:
    """VERIFIED when the register has the owner's number, else PENDING. Raises BindingExists."""
    await _refuse_repetition(session, owner, house)
    binding = _pending(owner, house, relation, at)
    session.add(binding)
    contacts = runtime.part(Contacts)
    mobile = contacts.mobile(owner)
    if mobile and await is_registered(session, runtime.blind_index, house.id, mobile):
        mark_verified(session, binding, at)
    owner.version += 1
    _record(session, owner, binding, at)
    await session.flush()
    announce(session, contacts, owner, await dwellings_of(session, owner.id), at=at)
    return binding


async def _refuse_repetition(session: AsyncSession, owner: Owner, house: House) -> None:
    """The owner's row is locked, so two requests at once come one after the other."""
    known = await session.execute(
        select(Binding.id).where(Binding.owner_id == owner.id, Binding.house_id == house.id)
    )
    if known.scalar_one_or_none() is not None:
        raise BindingExists


def _pending(owner: Owner, house: House, relation: Relation, at: datetime) -> Binding:
    return Binding(
        id=new_id(),
        owner_id=owner.id,
        house_id=house.id,
        estate_id=house.estate_id,
        relation=relation,
        state=BindingState.PENDING,
        requested_at=at,
    )


def _record(session: AsyncSession, owner: Owner, binding: Binding, at: datetime) -> None:
    audit.append(
        session,
        actor=owner_as_actor(owner.id),
        action="binding.requested",
        subject_type="binding",
        subject_id=binding.id,
        at=at,
        details={"house_id": binding.house_id, "relation": binding.relation},
    )
