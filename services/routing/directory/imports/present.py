"""The part of the directory that a sheet speaks of: its communities and the estates it names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.routing.directory.domain.importing import (
    PlaceRow,
    Present,
    PresentBuilding,
    PresentEstate,
    PresentHouse,
)
from services.routing.directory.tables import Building, Estate, Grid, House, Organisation
from shared.contracts.vocabulary import OrganisationKind

GRIDS_OF_THE_DAY = text("""
    SELECT DISTINCT ON (building.id) building.id, grid.code
      FROM building
      JOIN building_coverage AS coverage ON coverage.building_id = building.id
      JOIN grid ON grid.id = coverage.grid_id
     WHERE building.estate_id = ANY(:estates)
     ORDER BY building.id, (coverage.valid_from <= :day) DESC, abs(coverage.valid_from - :day)
""")


async def present_places(
    session: AsyncSession, rows: Iterable[PlaceRow], day: date, *, lock: bool = False
) -> Present:
    """With `lock`, two imports into one community happen one after the other."""
    named = {(row.community, row.estate) for row in rows}
    communities = await _communities(session, {code for code, _ in named}, lock=lock)
    estates = await _estates(session, communities, {name for _, name in named})
    buildings = await _buildings(session, [row.id for row in estates.values()], day)
    counted = Counter((code, row.display_name) for (code, _), row in estates.items())
    return Present(
        communities=communities,
        grids=await _grids(session, communities),
        estates={
            (code, row.display_name): PresentEstate(
                row.id, row.kind, row.households, buildings[row.id]
            )
            for (code, _), row in estates.items()
        },
        ambiguous=frozenset(key for key, times in counted.items() if times > 1),
    )


async def _communities(
    session: AsyncSession, codes: Collection[str], *, lock: bool
) -> dict[str, UUID]:
    query = (
        select(Organisation)
        .where(
            col(Organisation.kind) == OrganisationKind.COMMUNITY,
            col(Organisation.division).in_(codes),
            col(Organisation.active),
        )
        .order_by(col(Organisation.division))
    )
    rows = await session.execute(query.with_for_update() if lock else query)
    return {row.division: row.id for row in rows.scalars()}


async def _grids(session: AsyncSession, communities: dict[str, UUID]) -> dict[str, frozenset[str]]:
    rows = await session.execute(
        select(col(Grid.community_id), col(Grid.code)).where(
            col(Grid.community_id).in_(communities.values())
        )
    )
    codes: dict[UUID, set[str]] = defaultdict(set)
    for row in rows:
        codes[row.community_id].add(row.code)
    return {code: frozenset(codes[id]) for code, id in communities.items()}


async def _estates(
    session: AsyncSession, communities: dict[str, UUID], names: Collection[str]
) -> dict[tuple[str, UUID], Estate]:
    code_of = {id: code for code, id in communities.items()}
    rows = await session.execute(
        select(Estate).where(
            col(Estate.community_id).in_(code_of), col(Estate.display_name).in_(names)
        )
    )
    return {(code_of[row.community_id], row.id): row for row in rows.scalars()}


async def _buildings(
    session: AsyncSession, estate_ids: Collection[UUID], day: date
) -> dict[UUID, dict[str, PresentBuilding]]:
    grids = await session.execute(GRIDS_OF_THE_DAY, {"estates": list(estate_ids), "day": day})
    codes = {row.id: row.code for row in grids}
    houses = await _houses(session, estate_ids)
    rows = await session.execute(select(Building).where(col(Building.estate_id).in_(estate_ids)))
    found: dict[UUID, dict[str, PresentBuilding]] = defaultdict(dict)
    for row in rows.scalars():
        found[row.estate_id][row.number] = PresentBuilding(row.id, codes[row.id], houses[row.id])
    return found


async def _houses(
    session: AsyncSession, estate_ids: Collection[UUID]
) -> dict[UUID, dict[tuple[str, str], PresentHouse]]:
    rows = await session.execute(
        select(*map(col, (House.id, House.building_id, House.unit, House.room, House.area)))
        .join(Building, col(Building.id) == House.building_id)
        .where(col(Building.estate_id).in_(estate_ids))
    )
    found: dict[UUID, dict[tuple[str, str], PresentHouse]] = defaultdict(dict)
    for row in rows:
        found[row.building_id][row.unit, row.room] = PresentHouse(row.id, row.area)
    return found
