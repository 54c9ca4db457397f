"""Estates, houses and bindings as owners see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from services.intake.houses.domain.binding import BindingState, Relation
from services.intake.houses.queries import Address
from services.intake.houses.tables import Binding, Building, Estate, House
from shared.clock import BEIJING
from shared.web.body import Body


class EstateOut(BaseModel):
    id: UUID
    display_name: str
    division: str

    @classmethod
    def of(cls, estate: Estate) -> EstateOut:
        return cls(id=estate.id, display_name=estate.display_name, division=estate.division)


class HouseOut(BaseModel):
    id: UUID
    unit: str
    room: str


class BuildingOut(BaseModel):
    id: UUID
    number: str
    houses: list[HouseOut]


class EstateDetail(EstateOut):
    """With its buildings and houses, to choose one's own from."""

    buildings: list[BuildingOut]

    @classmethod
    def whole(
        cls, estate: Estate, buildings: Sequence[Building], houses: Sequence[House]
    ) -> EstateDetail:
        inside: dict[UUID, list[HouseOut]] = defaultdict(list)
        for house in houses:
            inside[house.building_id].append(
                HouseOut(id=house.id, unit=house.unit, room=house.room)
            )
        return cls(
            **EstateOut.of(estate).model_dump(),
            buildings=[
                BuildingOut(id=each.id, number=each.number, houses=inside[each.id])
                for each in buildings
            ],
        )


class BindingRequest(Body):
    house_id: UUID
    relation: Relation


class BindingOut(BaseModel):
    """Verified bindings open the way to complaints about the estate (A04)."""

    id: UUID
    house_id: UUID
    estate_id: UUID
    estate_name: str
    building: str
    unit: str
    room: str
    relation: Relation
    state: BindingState
    requested_at: datetime
    verified_at: datetime | None

    @classmethod
    def of(cls, binding: Binding, address: Address) -> BindingOut:
        verified = binding.verified_at
        return cls(
            id=binding.id,
            house_id=binding.house_id,
            estate_id=binding.estate_id,
            estate_name=address.estate,
            building=address.building,
            unit=address.unit,
            room=address.room,
            relation=Relation(binding.relation),
            state=BindingState(binding.state),
            requested_at=binding.requested_at.astimezone(BEIJING),
            verified_at=verified.astimezone(BEIJING) if verified else None,
        )
