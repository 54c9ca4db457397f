"""The demo world: invented places, organisations and people, the same for all services and tests.

Pure data. Ids follow from names (`demo_id`) or from public codes (`shared.contracts.reference`).
Estates by name, staff by account (`wangge.wenquan1`), owners by person (`owner-1`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from deploy.demo.world.offices import APPROVERS, ENGINEERS, EVALUATORS, OFFICES
from deploy.demo.world.organisations import AGENCY, COMPANIES, CONTRACTS, ORGANISATIONS
from deploy.demo.world.owners import HOUSE_REGISTER, OWNERS
from deploy.demo.world.places import COMMUNITIES, ESTATES, GRIDS
from deploy.demo.world.records import (
    Building,
    Community,
    Contract,
    Coverage,
    Estate,
    Grid,
    Home,
    House,
    Organisation,
    Owner,
    Resident,
    Staff,
    demo_id,
)
from deploy.demo.world.streets import FIELD
from shared.contracts.reference import organisation_id

__all__ = [
    "AGENCY",
    "COMMUNITIES",
    "COMPANIES",
    "CONTRACTS",
    "DEMO_SINCE",
    "ESTATES",
    "GRIDS",
    "HOUSE_REGISTER",
    "ORGANISATIONS",
    "OWNERS",
    "STAFF",
    "Building",
    "Community",
    "Contract",
    "Coverage",
    "Estate",
    "Grid",
    "Home",
    "House",
    "Organisation",
    "Owner",
    "Resident",
    "Staff",
    "centre",
    "community",
    "company",
    "court",
    "demo_id",
    "department",
    "estate",
    "grid",
    "owner",
    "staff",
]

DEMO_SINCE = date(2025, 1, 1)

STAFF = tuple(
    replace(person, mobile=f"1390000{number:04d}")
    for number, person in enumerate(
        (*OFFICES, *FIELD, *ENGINEERS, *EVALUATORS, *APPROVERS), start=1
    )
)

_ESTATES = {each.name: each for each in ESTATES}
_COMMUNITIES = {each.code: each for each in COMMUNITIES}
_GRIDS = {each.code: each for each in GRIDS}
_COMPANIES = {each.name: each for each in COMPANIES}
_STAFF = {each.account: each for each in STAFF}
_OWNERS = {each.person: each for each in OWNERS}


def estate(name: str) -> Estate:
    return _ESTATES[name]


def community(code: str) -> Community:
    return _COMMUNITIES[code]


def grid(code: str) -> Grid:
    return _GRIDS[code]


def company(name: str) -> Organisation:
    return _COMPANIES[name]


def staff(account: str) -> Staff:
    return _STAFF[account]


def owner(person: str) -> Owner:
    return _OWNERS[person]


def centre(division: str) -> UUID:
    """The id of the governance centre of a city, county or street."""
    return organisation_id("CENTRE", "GOVERNANCE_CENTRE", division)


def department(specialty: str, division: str) -> UUID:
    """The id of a department of the city or of a county, e.g. `("HOUSING", "421202")`."""
    return organisation_id("DEPARTMENT", specialty, division)


def court(division: str) -> UUID:
    """The id of the court of a county, or of the city."""
    return organisation_id("COURT", "COURT", division)
