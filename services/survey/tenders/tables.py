"""Tenders as stored: the tender, the owners on its panel, and the bids."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ARRAY, Index, Numeric, Text, Uuid
from sqlmodel import Field

from services.survey.tables import Table
from services.survey.tenders.domain.lifecycle import TenderStatus
from services.survey.tenders.domain.voting import Vote, Voters
from shared.database import moment

POINTS = Numeric(5, 2)
SQUARE_METRES = Numeric(12, 2)


class Tender(Table, table=True):
    """`rulebook` is the version it was recorded under; weights and checklist are that one's.
    `document_items` are those of the checklist that the document contains (F01).
    """

    __tablename__ = "tender"
    __table_args__ = (Index("ix_tender_division", "division", "id"),)

    id: UUID = Field(primary_key=True)
    version: int = 1
    state: TenderStatus = Field(default=TenderStatus.DRAFT, sa_type=Text)
    estate_id: UUID
    estate_name: str
    division: str
    method: str
    rulebook: str
    document_items: list[str] = Field(sa_type=ARRAY(Text))
    recorded_at: datetime = moment()
    opened_at: datetime | None = moment(nullable=True)
    published_at: datetime | None = moment(nullable=True)
    void_because: str | None = None


class TenderPanelist(Table, table=True):
    """An owner on the panel (F04) and the stakes declared (A13); `owner_id` until it is erased.

    What a single member gave a bid is written down nowhere.
    """

    __tablename__ = "tender_panelist"

    id: UUID = Field(primary_key=True)
    tender_id: UUID = Field(foreign_key="tender.id", index=True)
    owner_id: UUID | None = Field(default=None, index=True)
    interests: list[UUID] = Field(sa_type=ARRAY(Uuid))


class TenderBid(Table, table=True):
    """`grade` is the credit grade on the day of entry; `override_reason` lets a restricted one in
    (E18). `score` is F05, `total` with the bonus (E25); both are rounded once.
    """

    __tablename__ = "tender_bid"
    __table_args__ = (Index("uq_tender_bid_company", "tender_id", "company_id", unique=True),)

    id: UUID = Field(primary_key=True)
    tender_id: UUID = Field(foreign_key="tender.id")
    company_id: UUID = Field(index=True)
    grade: str | None = None
    override_reason: str | None = None
    overridden_by: UUID | None = None
    entered_at: datetime = moment()
    service: Decimal | None = Field(default=None, sa_type=POINTS)
    credit: Decimal | None = Field(default=None, sa_type=POINTS)
    price: Decimal | None = Field(default=None, sa_type=POINTS)
    score: Decimal | None = Field(default=None, sa_type=POINTS)
    bonus: Decimal | None = Field(default=None, sa_type=POINTS)
    total: Decimal | None = Field(default=None, sa_type=POINTS)
    rank: int | None = None


class TenderVote(Table, table=True):
    """The owners' vote on a bid (F03): sums alone. How anybody voted is written down nowhere."""

    __tablename__ = "tender_vote"

    tender_id: UUID = Field(primary_key=True, foreign_key="tender.id")
    bid_id: UUID = Field(foreign_key="tender_bid.id")
    held_on: date
    owners: int
    area: Decimal = Field(sa_type=SQUARE_METRES)
    owners_participating: int
    area_participating: Decimal = Field(sa_type=SQUARE_METRES)
    owners_agreeing: int
    area_agreeing: Decimal = Field(sa_type=SQUARE_METRES)
    recorded_at: datetime = moment()

    @property
    def numbers(self) -> Vote:
        return Vote(
            everybody=Voters(self.owners, self.area),
            participating=Voters(self.owners_participating, self.area_participating),
            agreeing=Voters(self.owners_agreeing, self.area_agreeing),
        )
