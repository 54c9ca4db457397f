"""A staff account as the actor its tokens speak of."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.routing.directory.states.people import grid_codes_of
from services.routing.directory.tables import Staff
from shared.identity import Actor, End, Role, Scope


async def actor_of(session: AsyncSession, staff: Staff, session_id: UUID | None) -> Actor:
    """One person, all roles (A13). A site office keeps the estates whose contract has ended: it
    may read its old cases, and new ones name another company (A03).
    """
    return Actor(
        id=staff.id,
        end=End(staff.end),
        roles=frozenset(map(Role, staff.roles)),
        organisation_id=staff.organisation_id,
        scope=Scope(
            divisions=tuple(staff.divisions),
            estates=frozenset(staff.estate_ids),
            grids=frozenset(await grid_codes_of(session, staff.id)),
        ),
        session_id=session_id,
        interests=frozenset(staff.interests),
    )
