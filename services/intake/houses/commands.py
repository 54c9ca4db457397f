"""Binding owners to their homes, and letting go of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.intake.houses.domain.binding import BindingExists, BindingState, is_alive
from services.intake.houses.moving import ask_again, end, record
from services.intake.houses.queries import dwellings_of
from services.intake.houses.register import strike_out, verify_registered
from services.intake.houses.schemas import BindingRequest
from services.intake.houses.tables import Binding, House
from services.intake.owners.announcing import announce, owner_as_actor
from services.intake.owners.contacts import Contacts
from services.intake.owners.tables import Owner
from shared.contracts.vocabulary import Relation
from shared.identity import Actor
from shared.ids import new_id
from shared.runtime import Runtime

TABLE = "house_binding"


@dataclass(frozen=True)
class Errand:
    """Who does it, when, in which transaction, with what tools."""

    session: AsyncSession
    runtime: Runtime
    actor: Actor
    at: datetime

    def conceal(self, text: str, binding_id: UUID, column: str) -> str:
        cipher = self.runtime.cipher
        return cipher.encrypt(text, table=TABLE, row_id=binding_id, column=column)

    def reveal(self, ciphertext: str, binding_id: UUID, column: str) -> str:
        cipher = self.runtime.cipher
        return cipher.decrypt(ciphertext, table=TABLE, row_id=binding_id, column=column)


async def bind(errand: Errand, owner: Owner, house: House, asked: BindingRequest) -> Binding:
    """VERIFIED when the register vouches for the owner's number, else PENDING.

    Raises BindingExists.
    """
    binding = await asked_for(errand, owner, house, asked.relation)
    if asked.name is not None:
        binding.applicant_name = errand.conceal(asked.name, binding.id, "applicant_name")
    mobile = errand.runtime.part(Contacts).mobile(owner)
    if mobile:
        index = errand.runtime.blind_index
        await verify_registered(errand.session, index, [binding], mobile, at=errand.at)
    record(errand.session, owner_as_actor(owner.id), binding, "binding.requested", errand.at)
    await tell(errand, owner)
    return binding


async def asked_for(errand: Errand, owner: Owner, house: House, relation: Relation) -> Binding:
    """The owner's row is locked, so two requests at once come one after the other.

    What was refused or has ended may be asked for again. Raises BindingExists.
    """
    known = await errand.session.execute(
        select(Binding)
        .where(Binding.owner_id == owner.id, Binding.house_id == house.id)
        .with_for_update()
    )
    binding = known.scalar_one_or_none()
    if binding is None:
        binding = _pending(owner, house, relation, errand.at)
        errand.session.add(binding)
        return binding
    if is_alive(BindingState(binding.state)):
        raise BindingExists
    ask_again(binding, at=errand.at)
    binding.relation = relation
    return binding


async def let_go(errand: Errand, binding: Binding) -> None:
    """Whoever leaves a home of their own takes along those they let in. Raises BindingForbidden.

    Once the own binding is locked nobody else comes in; those who just did are looked for again.
    """
    leaving = [binding, *await _let_in_by(errand, binding)]
    owners = list(await locked(errand, leaving))
    known = {each.id for each in leaving}
    late = [each for each in await _let_in_by(errand, binding) if each.id not in known]
    owners += await locked(errand, late)
    for each in [*leaving, *late]:
        if each is binding or is_alive(BindingState(each.state)):
            end(errand.session, errand.actor, each, at=errand.at)
    for owner in owners:
        await _strike_out(errand, owner, [*leaving, *late])
        await tell(errand, owner)


async def locked(errand: Errand, bindings: Sequence[Binding]) -> Sequence[Owner]:
    """Owners first and their bindings after them, as everywhere: nobody waits for each other."""
    session, owner_ids = errand.session, {binding.owner_id for binding in bindings}
    owners = await session.execute(
        select(Owner)
        .where(col(Owner.id).in_(owner_ids))
        .order_by(col(Owner.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    for binding in sorted(bindings, key=lambda each: each.id):
        await session.refresh(binding, with_for_update=True)
    return owners.scalars().all()


async def tell(errand: Errand, owner: Owner) -> None:
    """The other services, of the homes as they are now."""
    owner.version += 1
    await errand.session.flush()
    dwellings = await dwellings_of(errand.session, owner.id)
    contacts = errand.runtime.part(Contacts)
    announce(errand.session, contacts, owner, dwellings, at=errand.at, by=errand.actor)


async def _strike_out(errand: Errand, owner: Owner, leaving: Sequence[Binding]) -> None:
    mobile = errand.runtime.part(Contacts).mobile(owner)
    for each in leaving:
        if mobile and each.owner_id == owner.id and each.left_at == errand.at:
            index = errand.runtime.blind_index
            await strike_out(errand.session, index, each.house_id, mobile, at=errand.at)


async def _let_in_by(errand: Errand, binding: Binding) -> Sequence[Binding]:
    if binding.relation != Relation.OWNER:
        return []
    rows = await errand.session.execute(
        select(Binding).where(
            Binding.house_id == binding.house_id,
            Binding.invited_by == binding.owner_id,
            Binding.state == BindingState.VERIFIED,
        )
    )
    return rows.scalars().all()


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
