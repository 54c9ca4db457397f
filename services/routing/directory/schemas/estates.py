"""Estates with buildings and houses, moves between grids, contracts."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.routing.directory.commands import PlannedBuilding
from services.routing.directory.domain.contracts import ContractKind
from services.routing.directory.schemas.words import DivisionCode, GridCode, Name, Number
from services.routing.directory.tables import Building, Estate, House, ServiceContract
from shared.ids import new_id
from shared.web.body import Body


class EstateKind(StrEnum):
    NEW = "NEW"
    OLD = "OLD"


class NewHouse(Body):
    """`area` in square metres."""

    unit: Number
    room: Number
    area: Annotated[float, Field(gt=0, le=10_000, allow_inf_nan=False)]


class NewBuilding(Body):
    number: Number
    grid_code: GridCode
    houses: Annotated[tuple[NewHouse, ...], Field(max_length=1000)] = ()

    def planned(self, estate_id: UUID, covered_from: date) -> PlannedBuilding:
        row = Building(id=new_id(), estate_id=estate_id, number=self.number)
        houses = [
            House(id=new_id(), building_id=row.id, **house.model_dump()) for house in self.houses
        ]
        return PlannedBuilding(row, houses, self.grid_code, covered_from)


class NewEstate(Body):
    """`households` when it differs from the number of houses listed."""

    display_name: Name
    division: DivisionCode
    community_id: UUID
    kind: EstateKind
    households: Annotated[int, Field(ge=0, le=100_000)] | None = None
    buildings: Annotated[tuple[NewBuilding, ...], Field(min_length=1, max_length=200)]

    def row(self) -> Estate:
        listed = sum(len(building.houses) for building in self.buildings)
        return Estate(
            **self.model_dump(exclude={"buildings", "households"}),
            id=new_id(),
            households=listed if self.households is None else self.households,
        )

    def planned(self, estate_id: UUID, today: date) -> list[PlannedBuilding]:
        return [building.planned(estate_id, today) for building in self.buildings]


class BuildingMove(Body):
    """From `valid_from` on the building belongs to that grid (B20)."""

    grid_code: GridCode
    valid_from: date


class NewContract(Body):
    """Both days are included; without `valid_to` the contract has no end."""

    estate_id: UUID
    company_id: UUID
    kind: ContractKind
    valid_from: date
    valid_to: date | None = None

    def row(self) -> ServiceContract:
        return ServiceContract(**self.model_dump(), id=new_id())


class Replacement(Body):
    """The next company serves from `valid_from`, the present one until the day before (X40).

    `handover` is what the next one should know; both companies read it.
    """

    company_id: UUID
    kind: ContractKind
    valid_from: date
    valid_to: date | None = None
    handover: Annotated[str, Field(min_length=1, max_length=2000)]

    def row(self, estate_id: UUID) -> ServiceContract:
        agreed = self.model_dump(exclude={"handover"})
        return ServiceContract(**agreed, id=new_id(), estate_id=estate_id)


class ContractEnd(Body):
    """The company serves until 24:00 of this day."""

    last_day: date


class EstateOut(BaseModel):
    """An estate in a list."""

    id: UUID
    version: int
    display_name: str
    division: str
    community_id: UUID
    kind: str
    households: int
    demo: bool

    @classmethod
    def of(cls, row: Estate) -> EstateOut:
        return cls.model_validate(row.model_dump())


class ContractOut(BaseModel):
    """`handover` is there for both companies and those who oversee the place."""

    id: UUID
    estate_id: UUID
    company_id: UUID
    kind: ContractKind
    valid_from: date
    valid_to: date | None
    replaces_id: UUID | None
    handover: str | None
