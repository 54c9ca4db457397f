"""From the rows of a sheet to what they change, with every fault at its row and column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from services.routing.directory.domain.importing import (
    BuildingInAnotherGrid,
    BuildingPlan,
    EstateAmbiguous,
    EstatePlan,
    HouseIncomplete,
    HousePlan,
    PlaceRow,
    Present,
    RowsDisagree,
)
from services.routing.directory.domain.places import HouseTwice, NotACommunity, UnknownGrid
from services.routing.directory.domain.policies import OutsideYourDivision
from shared.errors import DomainError

May = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class RowFault:
    row: PlaceRow
    column: str
    error: DomainError


@dataclass(slots=True)
class Plan:
    communities: Mapping[str, UUID]
    estates: dict[tuple[str, str], EstatePlan] = field(default_factory=dict)
    faults: list[RowFault] = field(default_factory=list)

    def counts(self) -> dict[str, Counter[str]]:
        """How many of each kind are new, changed or unchanged."""
        estates = self.estates.values()
        buildings = [each for estate in estates for each in estate.buildings.values()]
        houses = [each for building in buildings for each in building.houses.values()]
        return {
            "estates": Counter(each.change for each in estates),
            "buildings": Counter(each.change for each in buildings),
            "houses": Counter(each.change for each in houses),
        }

    def outcome(self) -> list[object]:
        """All that confirming would do, and to what, in plain values to be compared later."""
        return [_told(estate) for estate in self.estates.values()]


def _told(estate: EstatePlan) -> list[object]:
    before = [estate.present.kind, estate.present.households] if estate.present else None
    buildings = [
        [building.number, building.grid, building.change, _told_houses(building)]
        for building in estate.buildings.values()
    ]
    return [estate.community, estate.name, estate.kind, estate.households, before, buildings]


def _told_houses(building: BuildingPlan) -> list[object]:
    return [
        [house.unit, house.room, house.area, house.present.area if house.present else None]
        for house in building.houses.values()
    ]


class _Wrong(Exception):
    """A row that is not taken, with the column to blame."""

    def __init__(self, column: str, error: DomainError) -> None:
        self.column, self.error = column, error


def planned(rows: Iterable[PlaceRow], present: Present, may: May) -> Plan:
    """`may` tells whether a division is the caller's to change."""
    plan = Plan(present.communities)
    for row in rows:
        try:
            _take(plan, row, present, may)
        except _Wrong as wrong:
            plan.faults.append(RowFault(row, wrong.column, wrong.error))
    return plan


def _take(plan: Plan, row: PlaceRow, present: Present, may: May) -> None:
    _check_community(row, present, may)
    building = _building(_estate(plan.estates, row, present), row)
    if _is_house(row):
        _add_house(building, row)


def _check_community(row: PlaceRow, present: Present, may: May) -> None:
    if not may(row.community):
        raise _Wrong("community", OutsideYourDivision())
    if row.community not in present.communities:
        raise _Wrong("community", NotACommunity())
    if row.grid not in present.grids.get(row.community, ()):
        raise _Wrong("grid", UnknownGrid())
    if (row.community, row.estate) in present.ambiguous:
        raise _Wrong("estate", EstateAmbiguous())


def _estate(
    estates: dict[tuple[str, str], EstatePlan], row: PlaceRow, present: Present
) -> EstatePlan:
    """The first row of an estate says what it is; later ones may not say otherwise."""
    key = (row.community, row.estate)
    known = estates.get(key)
    if known is None:
        known = EstatePlan(*key, row.kind, row.households, present.estates.get(key))
        estates[key] = known
    if row.kind != known.kind:
        raise _Wrong("kind", RowsDisagree())
    if row.households is not None and row.households != known.stated:
        raise _Wrong("households", RowsDisagree())
    return known


def _building(estate: EstatePlan, row: PlaceRow) -> BuildingPlan:
    known = estate.buildings.get(row.building)
    if known is None:
        present = estate.present.buildings.get(row.building) if estate.present else None
        known = BuildingPlan(row.building, row.grid, present)
    if row.grid != known.grid:
        raise _Wrong("grid", RowsDisagree())
    if known.present is not None and known.present.grid != row.grid:
        raise _Wrong("grid", BuildingInAnotherGrid())
    estate.buildings[row.building] = known
    return known


def _is_house(row: PlaceRow) -> bool:
    filled = [bool(row.unit), bool(row.room), row.area is not None]
    if any(filled) and not all(filled):
        raise _Wrong("room", HouseIncomplete())
    return all(filled)


def _add_house(building: BuildingPlan, row: PlaceRow) -> None:
    key = (row.unit, row.room)
    if key in building.houses:
        raise _Wrong("room", HouseTwice())
    assert row.area is not None, "a house has an area"
    present = building.present.houses.get(key) if building.present else None
    building.houses[key] = HousePlan(*key, row.area, present)
