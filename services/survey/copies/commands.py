"""Keeping the copies: the newest version wins, in whatever order events arrive (X37)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from services.survey.copies.domain.communities import community_of
from services.survey.copies.tables import (
    CaseCopy,
    ComplaintCopy,
    DivisionCopy,
    EstateCopy,
    HomesCopy,
    HouseCopy,
    OrganisationCopy,
)
from shared.contracts.directory import (
    DivisionChanged,
    EstateChanged,
    EstateState,
    OrganisationChanged,
)
from shared.contracts.event import PublicState
from shared.contracts.intake import ComplaintEvent, OwnerHomesChanged
from shared.contracts.routing import CaseEvent
from shared.messaging import Reception, keep_newest

COMPLAINT = {"id", "version", "number", "state", "owner_id", "anonymous"}
CASE = {"id", "version", "state"}
ESTATE = {"id", "version", "display_name", "division", "contracts"}
HOMES = {"id", "version", "homes"}
DIVISION = {"id", "version", "code", "name", "level", "parent_code", "valid_from", "valid_to"}
ORGANISATION = {
    *("id", "version", "kind", "specialty", "level", "division"),
    *("display_name", "parent_id", "credit_code", "staff_count", "active"),
}


async def remember_complaints(receptions: Sequence[Reception[ComplaintEvent]]) -> None:
    rows = [_row(each.event.complaint, COMPLAINT) for each in receptions]
    await keep_newest(receptions[0].session, ComplaintCopy, rows)


async def remember_cases(receptions: Sequence[Reception[CaseEvent]]) -> None:
    rows = [_row(each.event.case, CASE) for each in receptions]
    await keep_newest(receptions[0].session, CaseCopy, rows)


async def remember_estates(receptions: Sequence[Reception[EstateChanged]]) -> None:
    """Houses an estate no longer has stay behind with an older version than its own."""
    session = receptions[0].session
    states = [each.event.estate for each in receptions]
    await keep_newest(session, EstateCopy, [_estate(state) for state in states])
    await keep_newest(session, HouseCopy, [row for state in states for row in _houses(state)])


async def remember_homes(receptions: Sequence[Reception[OwnerHomesChanged]]) -> None:
    rows = [_row(each.event.owner, HOMES) for each in receptions]
    await keep_newest(receptions[0].session, HomesCopy, rows)


async def remember_divisions(receptions: Sequence[Reception[DivisionChanged]]) -> None:
    rows = [_row(each.event.division, DIVISION) for each in receptions]
    await keep_newest(receptions[0].session, DivisionCopy, rows)


async def remember_organisations(receptions: Sequence[Reception[OrganisationChanged]]) -> None:
    rows = [_row(each.event.organisation, ORGANISATION) for each in receptions]
    await keep_newest(receptions[0].session, OrganisationCopy, rows)


def _estate(state: EstateState) -> dict[str, Any]:
    grids = [building.grid_code for building in state.buildings]
    return _row(state, ESTATE) | {"community": community_of(grids) if grids else None}


def _houses(state: EstateState) -> Iterator[dict[str, Any]]:
    for building in state.buildings:
        for house in building.houses:
            yield {
                "id": str(house.id),
                "version": state.version,
                "estate_id": str(state.id),
                "grid_code": building.grid_code,
                "building": building.number,
                "building_id": str(building.id),
                "unit": house.unit,
                "room": house.room,
            }


def _row(state: PublicState, columns: set[str]) -> dict[str, Any]:
    return state.model_dump(mode="json", include=columns)
