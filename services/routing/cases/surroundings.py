"""What the directory knows of a place, in the words of dispatch by map."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.routing.cases.domain.assigning import Person, Seat, Surroundings
from services.routing.directory.queries import (
    DispatchCandidates,
    KnownOrganisation,
    KnownStaff,
    OrganisationMissing,
    dispatch_candidates,
    street_centre,
)


async def surroundings(
    session: AsyncSession, estate_id: UUID, building_id: UUID | None, division: str, at: datetime
) -> Surroundings:
    """Who is there at `at` (B20, A03). Of an unknown estate only the street is known (A01)."""
    found = await dispatch_candidates(session, estate_id, building_id, at)
    return await _of_street(session, division) if found is None else _of_candidates(found)


def _of_candidates(found: DispatchCandidates) -> Surroundings:
    return Surroundings(
        division=found.estate.division,
        estate_name=found.estate.display_name,
        grid_code=found.grid.code if found.grid else None,
        community=_seat(found.community),
        workers=tuple(_person(worker) for worker in found.workers),
        leader=_person(found.leader) if found.leader else None,
        street_centre=_seat(found.street_centre) if found.street_centre else None,
        company=_seat(found.company) if found.company else None,
    )


async def _of_street(session: AsyncSession, division: str) -> Surroundings:
    try:
        centre = _seat(await street_centre(session, division))
    except OrganisationMissing:
        centre = None
    return Surroundings(division, "", street_centre=centre)


def _seat(organisation: KnownOrganisation) -> Seat:
    return Seat(organisation.id, organisation.display_name)


def _person(staff: KnownStaff) -> Person:
    """With the own id among the interests: who is recused from a case stands among its parties."""
    return Person(staff.id, staff.interests | {staff.id})
