"""Estates, houses and bindings as owners see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from services.intake.houses.domain.binding import BindingState, Voucher
from services.intake.houses.queries import Address
from services.intake.houses.tables import Binding, Building, Estate, HomeInvitation, House
from shared.clock import BEIJING
from shared.contracts.vocabulary import Relation
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
    """`name` tells the company or the community who asks; it is of no use once they decided."""

    house_id: UUID
    relation: Relation
    name: Annotated[str, Field(min_length=1, max_length=50)] | None = None


class BindingOut(BaseModel):
    """Verified bindings open the way to complaints about the estate (A04). `reason` is what the
    desk said, `until` the last day of a tenancy.
    """

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
    verified_by: Voucher | None
    until: date | None
    reason: str | None

    @classmethod
    def of(cls, binding: Binding, address: Address, reason: str | None = None) -> BindingOut:
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
            verified_by=Voucher(binding.verified_by) if binding.verified_by else None,
            until=binding.until,
            reason=reason,
        )


class ResidentOut(BaseModel):
    """Somebody else who is bound to the same home."""

    binding_id: UUID
    relation: Relation
    masked_mobile: str | None
    verified_at: datetime | None
    until: date | None
    invited_by_me: bool


class NewInvitation(Body):
    """`until` is the last day of a tenancy."""

    relation: Relation
    until: date | None = None


class InvitationOut(BaseModel):
    """Issue the code next; it lives until `expires_at`."""

    id: UUID
    house_id: UUID
    relation: Relation
    until: date | None
    expires_at: datetime

    @classmethod
    def of(cls, row: HomeInvitation) -> InvitationOut:
        return cls(
            id=row.id,
            house_id=row.house_id,
            relation=Relation(row.relation),
            until=row.until,
            expires_at=row.expires_at.astimezone(BEIJING),
        )


class InvitationCode(BaseModel):
    code: str
    expires_at: datetime


class InvitationAcceptance(Body):
    code: Annotated[str, Field(min_length=8, max_length=32)]


class HomeRequestOut(BaseModel):
    """What a desk sees of somebody who says to live there: enough to ask, not to call."""

    id: UUID
    estate_name: str
    building: str
    unit: str
    room: str
    relation: Relation
    masked_name: str | None
    masked_mobile: str | None
    requested_at: datetime


class BindingDecision(Body):
    """A refusal says why; the applicant reads it."""

    approved: bool
    reason: Annotated[str, Field(min_length=2, max_length=200)] | None = None

    @model_validator(mode="after")
    def refusal_has_a_reason(self) -> BindingDecision:
        if not self.approved and self.reason is None:
            raise ValueError("a refusal says why")
        return self


class DecisionOut(BaseModel):
    id: UUID
    state: BindingState
