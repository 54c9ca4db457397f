"""A preview is confirmed: exactly what it showed enters the directory, or nothing."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import update

from services.routing.directory.commands.estates import (
    PlannedBuilding,
    add_buildings,
    add_estate,
    locked_estate,
    tell_of_estate,
)
from services.routing.directory.domain.codes import Level, within
from services.routing.directory.domain.importing import (
    BuildingPlan,
    Change,
    EstatePlan,
    ImportApplied,
    ImportExpired,
    ImportHasFaults,
    ImportOutdated,
    PresentBuilding,
    PresentEstate,
)
from services.routing.directory.errand import Errand
from services.routing.directory.imports.drafts import fingerprint, plan_of, rows_of
from services.routing.directory.tables import Building, Estate, House, ImportDraft
from shared.ids import new_id


async def apply_import(errand: Errand, draft: ImportDraft) -> ImportDraft:
    """Raises ImportApplied, ImportExpired, ImportHasFaults or ImportOutdated."""
    _check_open(errand, draft)
    plan = await plan_of(errand, rows_of(errand, draft), lock=True)
    if plan.faults or fingerprint(plan) != draft.outcome:
        raise ImportOutdated
    for estate in plan.estates.values():
        await _apply(errand, estate, plan.communities[estate.community])
    draft.applied_at = errand.now
    errand.note("import.applied", draft.id, estates=len(plan.estates))
    return draft


def _check_open(errand: Errand, draft: ImportDraft) -> None:
    if draft.applied_at is not None:
        raise ImportApplied
    if draft.expires_at <= errand.now:
        raise ImportExpired
    if draft.preview["faults"]:
        raise ImportHasFaults


async def _apply(errand: Errand, estate: EstatePlan, community_id: UUID) -> None:
    if estate.present is None:
        row = _new_estate(estate, community_id)
        buildings = [_new_building(errand, row.id, each) for each in estate.buildings.values()]
        await add_estate(errand, row, buildings)
    elif estate.change is Change.CHANGED:
        await _revise(errand, estate, estate.present)


async def _revise(errand: Errand, estate: EstatePlan, present: PresentEstate) -> None:
    row = await locked_estate(errand, present.id)
    row.kind, row.households = estate.kind, estate.households
    new = [each for each in estate.buildings.values() if each.present is None]
    await add_buildings(errand, row, [_new_building(errand, row.id, each) for each in new])
    for building in estate.buildings.values():
        if building.present is not None:
            await _revise_building(errand, building, building.present)
    row.version += 1
    await tell_of_estate(errand, row, "estate.imported")


async def _revise_building(
    errand: Errand, building: BuildingPlan, present: PresentBuilding
) -> None:
    errand.session.add_all(_new_houses(building, present.id))
    other = [
        {"id": house.present.id, "area": house.area}
        for house in building.houses.values()
        if house.present is not None and house.change is Change.CHANGED
    ]
    if other:
        await errand.session.execute(update(House), other)


def _new_estate(estate: EstatePlan, community_id: UUID) -> Estate:
    return Estate(
        id=new_id(),
        display_name=estate.name,
        division=within(estate.community, Level.STREET),
        community_id=community_id,
        kind=estate.kind,
        households=estate.households,
    )


def _new_building(errand: Errand, estate_id: UUID, building: BuildingPlan) -> PlannedBuilding:
    row = Building(id=new_id(), estate_id=estate_id, number=building.number)
    return PlannedBuilding(row, _new_houses(building, row.id), building.grid, errand.today)


def _new_houses(building: BuildingPlan, building_id: UUID) -> list[House]:
    return [
        House(
            id=new_id(),
            building_id=building_id,
            unit=house.unit,
            room=house.room,
            area=house.area,
        )
        for house in building.houses.values()
        if house.change is Change.NEW
    ]
