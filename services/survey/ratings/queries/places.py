"""What is known of an estate, as far as ratings ask: its community, companies, houses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.survey.copies.domain.communities import community_of
from services.survey.copies.tables import EstateCopy, HomesCopy, HouseCopy
from services.survey.surveys.domain.scope import (
    EstateWithoutCompany,
    EstateWithoutHouses,
    company_on,
)
from services.survey.surveys.queries import estate_of
from shared.clock import BEIJING
from shared.contracts.vocabulary import Relation


@dataclass(frozen=True)
class Place:
    """An estate on a day. `houses` and their grids are the current ones, `company_id` whose
    contract includes the day.
    """

    estate: EstateCopy
    community: str
    grids: frozenset[str]
    houses: frozenset[UUID]
    company_id: UUID | None

    @property
    def companies(self) -> frozenset[UUID]:
        return frozenset() if self.company_id is None else frozenset({self.company_id})


async def place_of(session: AsyncSession, estate_id: UUID, at: datetime) -> Place:
    """The estate is locked. Raises EstateUnknown or EstateWithoutHouses."""
    estate = await estate_of(session, estate_id)
    rows = await session.execute(
        select(col(HouseCopy.id), col(HouseCopy.grid_code)).where(
            col(HouseCopy.estate_id) == estate.id, col(HouseCopy.version) == estate.version
        )
    )
    houses: Mapping[UUID, str] = {row.id: row.grid_code for row in rows}
    if not houses:
        raise EstateWithoutHouses
    grids = frozenset(houses.values())
    return Place(estate, community_of(grids), grids, frozenset(houses), _company(estate, at))


async def lived_as(session: AsyncSession, owner_id: UUID, estate_id: UUID) -> frozenset[Relation]:
    """As what somebody lives in the verified homes in an estate, according to intake."""
    copy = await session.get(HomesCopy, owner_id)
    homes = copy.homes if copy is not None else []
    return frozenset(
        Relation(home["relation"]) for home in homes if UUID(home["estate_id"]) == estate_id
    )


def _company(estate: EstateCopy, at: datetime) -> UUID | None:
    try:
        return company_on(at.astimezone(BEIJING).date(), estate.contracts)
    except EstateWithoutCompany:
        return None
