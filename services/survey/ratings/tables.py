"""Ratings as stored: representatives, the rating, its marks, the seats of a panel."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Index, Numeric, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.survey.ratings.domain.kinds import Part, RatingKind, RepresentativeKind
from services.survey.ratings.domain.lifecycle import Invalidity, RatingStatus
from services.survey.ratings.domain.representatives import Ending
from services.survey.tables import Table
from shared.database import moment


class Representative(Table, table=True):
    """An appointment for an estate (E09): an account, never a name; of the code only a hash.

    `ends_on` is the last day of the term. Why somebody was released stands in the audit log.
    """

    __tablename__ = "representative"
    __table_args__ = (Index("ix_representative_owner", "owner_id", "estate_id"),)

    id: UUID = Field(primary_key=True)
    version: int = 0
    kind: RepresentativeKind = Field(sa_type=Text)
    estate_id: UUID = Field(index=True)
    estate_name: str
    community: str
    ends_on: date
    appointed_by: UUID
    appointed_at: datetime = moment()
    code_hash: str | None = Field(default=None, unique=True)
    code_until: datetime | None = moment(nullable=True)
    owner_id: UUID | None = None
    taken_up_at: datetime | None = moment(nullable=True)
    ended_at: datetime | None = moment(nullable=True)
    ended_because: Ending | None = Field(default=None, sa_type=Text)


class Rating(Table, table=True):
    """One per kind, estate and period that holds. `rulebook` is the version whose form was opened;
    `company_id` is whom a quarterly rating is about, and only whose people keep away from a rating
    of the committee; `led_by` is the street office that leads a panel.
    """

    __tablename__ = "rating"
    __table_args__ = (
        Index(
            "uq_rating_kind_estate_period",
            "kind",
            "estate_id",
            "period",
            unique=True,
            postgresql_where=text("state <> 'INVALID'"),
        ),
        Index("ix_rating_company", "company_id", "estate_id"),
    )

    id: UUID = Field(primary_key=True)
    version: int = 0
    kind: RatingKind = Field(sa_type=Text)
    state: RatingStatus = Field(default=RatingStatus.DRAFT, sa_type=Text)
    estate_id: UUID = Field(index=True)
    estate_name: str
    division: str
    community: str
    company_id: UUID | None = None
    led_by: UUID | None = None
    period: str
    rulebook: str
    drafted_at: datetime = moment()
    opened_at: datetime | None = moment(nullable=True)
    closes_at: datetime | None = moment(nullable=True)
    closed_at: datetime | None = moment(nullable=True)
    published_at: datetime | None = moment(nullable=True)
    raters: int | None = None
    score: Decimal | None = Field(default=None, sa_type=Numeric(5, 2))
    averages: dict[str, str] | None = Field(default=None, sa_type=JSONB(none_as_null=True))
    invalid_because: Invalidity | None = Field(default=None, sa_type=Text)


class RatingMarks(Table, table=True):
    """What one representative gave (E09): the last word of a person, whatever the appointment.

    `owner_id` is the account, until it is erased.
    """

    __tablename__ = "rating_marks"
    __table_args__ = (UniqueConstraint("rating_id", "owner_id"),)

    id: UUID = Field(primary_key=True)
    rating_id: UUID = Field(foreign_key="rating.id")
    owner_id: UUID | None = Field(default=None, index=True)
    given_at: datetime = moment()
    marks: dict[str, int] = Field(sa_type=JSONB)


class PanelSeat(Table, table=True):
    """Somebody named for a part of the panel (E13): a member of staff or a representative. The seat
    is theirs once they took it; `marks` are read by nobody else.
    """

    __tablename__ = "panel_seat"
    __table_args__ = (
        UniqueConstraint("staff_id", "rating_id"),
        UniqueConstraint("representative_id", "rating_id"),
    )

    id: UUID = Field(primary_key=True)
    rating_id: UUID = Field(foreign_key="rating.id", index=True)
    part: Part = Field(sa_type=Text)
    staff_id: UUID | None = None
    representative_id: UUID | None = Field(default=None, foreign_key="representative.id")
    named_at: datetime = moment()
    taken_at: datetime | None = moment(nullable=True)
    marked_at: datetime | None = moment(nullable=True)
    marks: dict[str, int] | None = Field(default=None, sa_type=JSONB(none_as_null=True))
