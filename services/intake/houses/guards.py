"""The estate, home, binding or invitation a request names."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlmodel import col, select

from services.intake.houses.commands import Errand
from services.intake.houses.desk import waiting_within
from services.intake.houses.domain.binding import BindingNotFound
from services.intake.houses.domain.inviting import HouseholdersOnly, InvitationNotFound
from services.intake.houses.inviting import count_guess
from services.intake.houses.queries import current_house, is_householder
from services.intake.houses.tables import Binding, Estate, HomeInvitation, House
from services.intake.owners.guards import CurrentOwner
from shared.contracts.directory import UNPLACED_ESTATE
from shared.contracts.vocabulary import Relation
from shared.errors import NotFound
from shared.web.dependencies import CurrentActor, CurrentRuntime, Now, SessionDep


class EstateNotFound(NotFound):
    """There is no such estate."""

    code = "ESTATE_NOT_FOUND"
    chinese = "未找到该小区。"


async def estate(estate_id: UUID, actor: CurrentOwner, session: SessionDep) -> Estate:
    """Every owner may look at every estate: it is public knowledge."""
    found = await session.get(Estate, estate_id)
    if found is None or estate_id == UNPLACED_ESTATE:
        raise EstateNotFound
    return found


EstateToView = Annotated[Estate, Depends(estate)]


async def owners_errand(
    session: SessionDep, runtime: CurrentRuntime, actor: CurrentOwner, now: Now
) -> Errand:
    return Errand(session, runtime, actor, now)


async def desks_errand(
    session: SessionDep, runtime: CurrentRuntime, actor: CurrentActor, now: Now
) -> Errand:
    return Errand(session, runtime, actor, now)


OwnersErrand = Annotated[Errand, Depends(owners_errand)]
DesksErrand = Annotated[Errand, Depends(desks_errand)]


async def house_to_keep(house_id: UUID, errand: OwnersErrand) -> House:
    """Every owner may look at every house; letting people in is for who owns it.

    Raises HouseUnknown or HouseholdersOnly.
    """
    house = await current_house(errand.session, house_id)
    if not await is_householder(errand.session, errand.actor.id, house.id):
        raise HouseholdersOnly
    return house


async def binding_to_end(binding_id: UUID, errand: OwnersErrand) -> Binding:
    """The own one, or that of family and tenants in a home one owns. Raises BindingNotFound."""
    binding = await errand.session.get(Binding, binding_id)
    if binding is None:
        raise BindingNotFound
    if binding.owner_id == errand.actor.id:
        return binding
    keeps = await is_householder(errand.session, errand.actor.id, binding.house_id)
    if not keeps or binding.relation == Relation.OWNER:
        raise BindingNotFound
    return binding


async def own_invitation(invitation_id: UUID, errand: OwnersErrand) -> HomeInvitation:
    """Raises InvitationNotFound."""
    found = await errand.session.execute(
        select(HomeInvitation)
        .where(
            HomeInvitation.id == invitation_id,
            HomeInvitation.invited_by == errand.actor.id,
        )
        .with_for_update()
    )
    row = found.scalar_one_or_none()
    if row is None:
        raise InvitationNotFound
    return row


async def request_to_decide(binding_id: UUID, errand: DesksErrand) -> Binding:
    """Also one that was decided meanwhile. Raises HomeDesksOnly or BindingNotFound."""
    within = waiting_within(errand.actor, errand.at, decided_too=True)
    found = await errand.session.execute(within.where(col(Binding.id) == binding_id))
    binding = found.scalar_one_or_none()
    if binding is None:
        raise BindingNotFound
    return binding


async def guess_counted(runtime: CurrentRuntime, actor: CurrentOwner) -> None:
    """Before the request takes a connection of its own. Raises InvitationGuessedAt."""
    await count_guess(runtime, actor.id)


GuessCounted = Annotated[None, Depends(guess_counted)]
HouseToKeep = Annotated[House, Depends(house_to_keep)]
BindingToEnd = Annotated[Binding, Depends(binding_to_end)]
OwnInvitation = Annotated[HomeInvitation, Depends(own_invitation)]
RequestToDecide = Annotated[Binding, Depends(request_to_decide)]
