"""Telling the others that an owner's account changed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.intake.houses.queries import Dwellings
from services.intake.owners.contacts import Contacts
from services.intake.owners.tables import Owner
from shared.contracts.intake import HomesState, OwnerChanged, OwnerHomesChanged
from shared.identity import Actor, End, Role, Scope
from shared.messaging import publish


def owner_as_actor(
    owner_id: UUID, dwellings: Dwellings | None = None, session_id: UUID | None = None
) -> Actor:
    """The verified homes are the owner's scope, and a stake for recusal (A13)."""
    homes = dwellings or Dwellings()
    return Actor(
        id=owner_id,
        end=End.OWNER,
        roles=frozenset({Role.OWNER}),
        scope=Scope(estates=frozenset(homes.estates)),
        session_id=session_id,
        interests=frozenset(homes.houses),
    )


def announce(
    session: AsyncSession,
    contacts: Contacts,
    owner: Owner,
    dwellings: Dwellings,
    *,
    at: datetime,
    by: Actor | None = None,
) -> None:
    """Publishes the owner as it is now; the caller has raised the version. `by` somebody else."""
    actor = by or owner_as_actor(owner.id)
    state = contacts.public_state(owner, dwellings.houses, dwellings.estates)
    homes = HomesState(id=owner.id, version=owner.version, homes=dwellings.homes)
    publish(session, OwnerChanged(owner=state), actor=actor, at=at)
    publish(session, OwnerHomesChanged(owner=homes), actor=actor, at=at)
