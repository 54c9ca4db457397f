"""Rows of the directory for the records of the demo world."""

from __future__ import annotations

from collections.abc import Iterator

from deploy.demo import world
from services.routing.directory.commands import PlannedBuilding
from services.routing.directory.tables import (
    Building,
    Estate,
    Grid,
    House,
    Organisation,
    ServiceContract,
    Staff,
)
from shared.contracts.reference import organisation_id
from shared.contracts.vocabulary import OrganisationKind


def community_row(each: world.Community) -> Organisation:
    return Organisation(
        id=each.id,
        kind=OrganisationKind.COMMUNITY,
        specialty="",
        level="",
        division=each.code,
        display_name=each.name,
        parent_id=organisation_id("STREET_OFFICE", "STREET", each.street),
        demo=True,
    )


def organisation_row(each: world.Organisation) -> Organisation:
    return Organisation(
        id=each.id,
        kind=each.kind,
        specialty=each.specialty,
        level="",
        division=each.division,
        display_name=each.name,
        credit_code=each.credit_code,
        staff_count=each.staff_count,
        demo=True,
    )


def grid_row(each: world.Grid) -> Grid:
    return Grid(id=each.id, code=each.code, community_id=each.community.id)


def estate_row(each: world.Estate) -> Estate:
    return Estate(
        id=each.id,
        display_name=each.name,
        division=each.community.street,
        community_id=each.community.id,
        kind=each.kind,
        households=each.households,
        demo=True,
    )


def planned_buildings(estate: world.Estate) -> Iterator[PlannedBuilding]:
    for building in estate.buildings:
        first = building.coverage[0]
        row = Building(id=building.id, estate_id=estate.id, number=building.number)
        houses = [
            House(
                id=house.id,
                building_id=building.id,
                unit=house.unit,
                room=house.room,
                area=house.area,
            )
            for house in building.houses
        ]
        yield PlannedBuilding(row, houses, first.grid_code, first.valid_from)


def contract_row(each: world.Contract) -> ServiceContract:
    return ServiceContract(
        id=each.id,
        estate_id=each.estate.id,
        company_id=each.company.id,
        kind=each.kind,
        valid_from=each.first,
        valid_to=each.last,
    )


def staff_row(each: world.Staff, password_hash: str) -> Staff:
    return Staff(
        id=each.id,
        account=each.account,
        display_name=each.name,
        organisation_id=each.organisation_id,
        end=each.end,
        roles=sorted(each.roles),
        divisions=list(each.divisions),
        estate_ids=[estate.id for estate in each.estates],
        interests=list(each.interests),
        password_hash=password_hash,
        demo=True,
    )
