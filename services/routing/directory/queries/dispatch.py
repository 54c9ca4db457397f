"""The hot path: all that dispatching a complaint needs to know, in one statement."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from services.routing.directory.queries.known import (
    DispatchCandidates,
    KnownEstate,
    KnownGrid,
    KnownOrganisation,
    KnownStaff,
)
from shared.clock import BEIJING
from shared.contracts.vocabulary import OrganisationKind
from shared.identity import End, Role

Json = Mapping[str, Any]

PERSON = """
    jsonb_build_object('id', {0}.id, 'display_name', {0}.display_name, 'end', {0}."end",
                       'organisation_id', {0}.organisation_id, 'roles', {0}.roles,
                       'interests', {0}.interests, 'active', {0}.active)"""

# A complaint about the estate as a whole goes to the grid with most of its buildings.
CANDIDATES = text(f"""
    SELECT to_jsonb(estate) AS estate, to_jsonb(community) AS community, to_jsonb(grid) AS grid,
           to_jsonb(centre) AS centre, to_jsonb(company) AS company, to_jsonb(higher) AS higher,
           CASE WHEN leader.id IS NOT NULL THEN {PERSON.format("leader")} END AS leader,
           (SELECT coalesce(jsonb_agg({PERSON.format("person")} ORDER BY position), '[]')
              FROM grid_worker JOIN staff AS person ON person.id = staff_id
             WHERE grid_id = grid.id AND person.active
               AND 'GRID_WORKER' = ANY(person.roles)) AS workers
      FROM estate
      JOIN organisation AS community ON community.id = estate.community_id
      LEFT JOIN LATERAL (
           SELECT covering.* FROM (
                  SELECT DISTINCT ON (building.id) coverage.grid_id
                    FROM building
                    JOIN building_coverage AS coverage ON coverage.building_id = building.id
                   WHERE building.estate_id = estate.id AND coverage.valid_from <= :day
                     AND (CAST(:building_id AS uuid) IS NULL OR building.id = :building_id)
                   ORDER BY building.id, coverage.valid_from DESC) AS covered
             JOIN grid AS covering ON covering.id = covered.grid_id
            GROUP BY covering.id ORDER BY count(*) DESC, covering.code LIMIT 1) AS grid ON true
      LEFT JOIN staff AS leader ON leader.id = grid.leader_id AND leader.active
                               AND 'GRID_LEADER' = ANY(leader.roles)
      LEFT JOIN organisation AS centre ON centre.kind = 'CENTRE' AND centre.active
                                      AND centre.division = estate.division
      LEFT JOIN LATERAL (
           SELECT * FROM organisation WHERE kind = 'CENTRE' AND active
              AND division IN (left(estate.division, 6), left(estate.division, 4))
            ORDER BY length(division) DESC LIMIT 1) AS higher ON true
      LEFT JOIN service_contract AS contract ON contract.estate_id = estate.id
            AND contract.valid_from <= :day AND coalesce(contract.valid_to, 'infinity') >= :day
      LEFT JOIN organisation AS company ON company.id = contract.company_id
     WHERE estate.id = :estate_id
""").columns(
    estate=JSONB,
    community=JSONB,
    grid=JSONB,
    centre=JSONB,
    company=JSONB,
    higher=JSONB,
    leader=JSONB,
    workers=JSONB,
)


async def dispatch_candidates(
    session: AsyncSession, estate_id: UUID, building_id: UUID | None, at: datetime
) -> DispatchCandidates | None:
    """None for an unknown estate."""
    day = at.astimezone(BEIJING).date()
    found = await session.execute(
        CANDIDATES, {"estate_id": estate_id, "building_id": building_id, "day": day}
    )
    row = found.one_or_none()
    if row is None:
        return None
    return DispatchCandidates(
        estate=_estate(row.estate),
        community=_organisation(row.community),
        grid=_grid(row.grid) if row.grid else None,
        workers=tuple(_staff(person) for person in row.workers),
        leader=_staff(row.leader) if row.leader else None,
        street_centre=_organisation(row.centre) if row.centre else None,
        company=_organisation(row.company) if row.company else None,
        higher_centre=_organisation(row.higher) if row.higher else None,
    )


def _estate(row: Json) -> KnownEstate:
    return KnownEstate(
        id=UUID(row["id"]),
        version=row["version"],
        display_name=row["display_name"],
        division=row["division"],
        community_id=UUID(row["community_id"]),
        kind=row["kind"],
        households=row["households"],
    )


def _organisation(row: Json) -> KnownOrganisation:
    return KnownOrganisation(
        id=UUID(row["id"]),
        kind=OrganisationKind(row["kind"]),
        specialty=row["specialty"],
        level=row["level"],
        division=row["division"],
        display_name=row["display_name"],
        parent_id=_id(row["parent_id"]),
        court_code=row["court_code"],
        active=row["active"],
    )


def _grid(row: Json) -> KnownGrid:
    return KnownGrid(
        id=UUID(row["id"]),
        code=row["code"],
        community_id=UUID(row["community_id"]),
        leader_id=_id(row["leader_id"]),
    )


def _staff(row: Json) -> KnownStaff:
    return KnownStaff(
        id=UUID(row["id"]),
        display_name=row["display_name"],
        organisation_id=UUID(row["organisation_id"]),
        end=End(row["end"]),
        roles=frozenset(map(Role, row["roles"])),
        interests=frozenset(map(UUID, row["interests"])),
        active=row["active"],
    )


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None
