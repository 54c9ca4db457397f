"""Request and response bodies of tenders."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.survey.tenders.domain.lifecycle import TenderStatus
from services.survey.times import Moment
from shared.web.body import Body

Item = Annotated[str, Field(min_length=1, max_length=40)]
Items = Annotated[tuple[Item, ...], Field(max_length=20)]
Points = Annotated[Decimal, Field(ge=0, le=100, decimal_places=2)]
Owners = Annotated[int, Field(ge=0, le=1_000_000)]
Area = Annotated[Decimal, Field(ge=0, lt=10**10, decimal_places=2)]
Reason = Annotated[str, Field(min_length=1, max_length=500)]


class TenderIn(Body):
    """`method` and `items` as the rulebook lists them (F01-F03)."""

    estate_id: UUID
    method: Annotated[str, Field(min_length=1, max_length=40)]
    items: Items = ()


class DocumentIn(Body):
    """Which items of the checklist the tender document contains (F01)."""

    items: Items


class PanelistIn(Body):
    """An owner by the account's id, and the organisations in which a stake was declared (A13)."""

    owner_id: UUID
    interests: Annotated[tuple[UUID, ...], Field(max_length=20)] = ()


class PanelIn(Body):
    """F04: the whole panel, instead of the one named before."""

    members: Annotated[tuple[PanelistIn, ...], Field(max_length=50)]


class BidIn(Body):
    """`override_reason` lets a company in whose credit grade restricts bidding (E18)."""

    company_id: UUID
    override_reason: Reason | None = None


class IndicatorsIn(Body):
    """F05: what the panel as a whole gave, each 0 to 100 with at most two decimals."""

    service: Points
    credit: Points
    price: Points


class VoteIn(Body):
    """F03, U07: the owners' vote on a bid. Areas in square metres; one unit is one owner, several
    units of one buyer are one.
    """

    bid_id: UUID
    held_on: date
    owners: Owners
    area: Area
    owners_participating: Owners
    area_participating: Area
    owners_agreeing: Owners
    area_agreeing: Area


class VoteOut(BaseModel):
    """`quorate`: enough took part. `passed`: of these enough agreed. The sums are for staff, for
    whoever knows the area of a home could find out how it voted.
    """

    bid_id: UUID
    held_on: date
    owners: int | None
    area: Decimal | None
    owners_participating: int | None
    area_participating: Decimal | None
    owners_agreeing: int | None
    area_agreeing: Decimal | None
    quorate: bool
    passed: bool
    recorded_at: Moment


class BidOut(BaseModel):
    """`bonus`, `total` and `rank` once published. `restriction_overridden`: the housing bureau let
    a company in whose grade restricts bidding; `override_reason` is for staff.
    """

    id: UUID
    company_id: UUID
    service: Decimal | None
    credit: Decimal | None
    price: Decimal | None
    score: Decimal | None
    bonus: Decimal | None
    total: Decimal | None
    rank: int | None
    restriction_overridden: bool
    grade: str | None
    override_reason: str | None


class PanelistOut(BaseModel):
    """`owner_id` is absent once the account was erased."""

    owner_id: UUID | None
    interests: list[UUID]


class TenderOut(BaseModel):
    """`missing_items`: what the document has yet to say (F01). `few_bidders`: so few that the law
    allows an agreement, with approval (U32).
    """

    id: UUID
    version: int
    state: TenderStatus
    estate_id: UUID
    estate_name: str
    division: str
    method: str
    rulebook: str
    missing_items: list[str]
    few_bidders: bool
    recorded_at: Moment
    opened_at: Moment | None
    published_at: Moment | None
    void_because: str | None


class TenderDetail(TenderOut):
    """`bids` by rank once published. `panel` is for staff; everybody else learns how many. `vote`
    once the owners have voted, where the method asks them (F03).
    """

    panel_size: int
    panel: list[PanelistOut] | None
    weights: dict[str, Decimal]
    bids: list[BidOut]
    vote: VoteOut | None
