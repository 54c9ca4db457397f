"""Bindings and households as owners read them."""

from __future__ import annotations

from collections.abc import Sequence

from services.intake.houses.commands import Errand
from services.intake.houses.queries import NOT_YET_KNOWN, Address, addresses_of
from services.intake.houses.schemas import BindingOut, ResidentOut
from services.intake.houses.tables import Binding
from services.intake.owners.contacts import Contacts
from services.intake.owners.tables import Owner
from shared.clock import BEIJING
from shared.contracts.vocabulary import Relation
from shared.privacy import mask_phone


def shown(errand: Errand, binding: Binding, address: Address) -> BindingOut:
    reason = binding.reason and errand.reveal(binding.reason, binding.id, "reason")
    return BindingOut.of(binding, address, reason)


async def binding_out(errand: Errand, binding: Binding) -> BindingOut:
    addresses = await addresses_of(errand.session, [binding.house_id])
    return shown(errand, binding, addresses.get(binding.house_id, NOT_YET_KNOWN))


def household(errand: Errand, rows: Sequence[tuple[Binding, Owner]]) -> list[ResidentOut]:
    return [_resident(errand, *row) for row in rows]


def _resident(errand: Errand, binding: Binding, owner: Owner) -> ResidentOut:
    mobile = errand.runtime.part(Contacts).mobile(owner)
    verified = binding.verified_at
    return ResidentOut(
        binding_id=binding.id,
        relation=Relation(binding.relation),
        masked_mobile=mask_phone(mobile) if mobile else None,
        verified_at=verified.astimezone(BEIJING) if verified else None,
        until=binding.until,
        invited_by_me=binding.invited_by == errand.actor.id,
    )
