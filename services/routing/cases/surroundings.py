"""What the directory knows of a place, in the words of dispatch by map."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.routing.cases.domain.assigning import Person, Surroundings
from services.routing.cases.seats import seat_of
from services.routing.directory.queries import (
    DispatchCandidates,
    KnownStaff,
    centres_over,
    dispatch_candidates,
)
from shared.contracts.directory import UNPLACED_ESTATE, UNPLACED_NAME


async def surroundings(
    session: AsyncSession, estate_id: UUID, building_id: UUID | None, division: str, at: datetime
) -> Surroundings:
    """Who is there at `at` (B20, A03). Of an unknown estate only the street is known (A01)."""
    found = await dispatch_candidates(session, estate_id, building_id, at)
    if found is not None:
        return _of_candidates(found)
    name = UNPLACED_NAME if estate_id == UNPLACED_ESTATE else ""
    return await _of_street(session, division, name)


def _of_candidates(found: DispatchCandidates) -> Surroundings:
    return Surroundings(
        division=found.estate.division,
        estate_name=found.estate.display_name,
        grid_code=found.grid.code if found.grid else None,
        community=seat_of(found.community),
        workers=tuple(_person(worker) for worker in found.workers),
        leader=_person(found.leader) if found.leader else None,
        street_centre=seat_of(found.street_centre) if found.street_centre else None,
        company=seat_of(found.company) if found.company else None,
        higher_centre=seat_of(found.higher_centre) if found.higher_centre else None,
    )


async def _of_street(session: AsyncSession, division: str, name: str) -> Surroundings:
    street, higher = await centres_over(session, division)
    return Surroundings(
        division,
        name,
        street_centre=seat_of(street) if street else None,
        higher_centre=seat_of(higher) if higher else None,
    )


def _person(staff: KnownStaff) -> Person:
    """With the own id among the interests: who is recused from a case stands among its parties."""
    return Person(staff.id, staff.interests | {staff.id})
