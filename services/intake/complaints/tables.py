"""Complaints, what their owners read about them, and the case behind each."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.intake.tables import Table
from shared.database import moment


class Complaint(Table, table=True):
    """`state` is a ComplaintStatus, `channel` a Channel, `door` a DoorKind. Only intake ever reads
    the text.

    `owner_id` of an anonymous complaint stays in this row and goes nowhere else (X15). `location`,
    `contact_name`, `contact_mobile` (of a reporter without an account) and `details` (what only its
    door asks, as JSON) are ciphertext. `client_id` is the system or organisation that sent it,
    `submitted_by` the member of staff. `asked_version` is the newest request for information that
    was heard, `missing` what it asks for by name, `placed_at` when routing put the complaint into
    the case it is in (T06, T07, X10).
    """

    __tablename__ = "complaint"
    __table_args__ = (
        Index("ix_complaint_of_owner", "owner_id", text("submitted_at DESC"), text("id DESC")),
        Index(
            "uq_complaint_external_number",
            "external_number",
            unique=True,
            postgresql_where=text("external_number IS NOT NULL"),
        ),
        Index("ix_complaint_of_home", "house_id", "submitted_at"),
        Index("ix_complaint_submitted", "submitted_at", "id"),
        Index("ix_complaint_of_estate", "estate_id", "submitted_at"),
        Index(
            "ix_complaint_filed_by",
            "submitted_by",
            text("submitted_at DESC"),
            text("id DESC"),
            postgresql_where=text("submitted_by IS NOT NULL"),
        ),
        Index(
            "ix_complaint_filed_for",
            "client_id",
            text("submitted_at DESC"),
            text("id DESC"),
            postgresql_where=text("submitted_by IS NOT NULL"),
        ),
        Index(
            "ix_complaint_hotline_withdrawn",
            "id",
            postgresql_where=text("door = 'HOTLINE' AND state = 'WITHDRAWN'"),
        ),
    )

    id: UUID = Field(primary_key=True)
    version: int
    number: str = Field(unique=True)
    channel: str
    door: str
    state: str
    owner_id: UUID | None = None
    anonymous: bool
    confidential: bool
    visitor: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    division: str
    estate_id: UUID
    building_id: UUID | None = None
    house_id: UUID | None = None
    chosen_category: str | None = None
    title: str
    text: str = Field(sa_type=Text)
    place: str | None = None
    location: str | None = None
    external_number: str | None = None
    client_id: UUID | None = None
    submitted_by: UUID | None = None
    contact_name: str | None = None
    contact_mobile: str | None = None
    details: str | None = Field(default=None, sa_type=Text)
    submitted_at: datetime = moment()
    promised_from: datetime = moment()
    accepted_at: datetime | None = moment(nullable=True)
    case_id: UUID | None = Field(default=None, index=True)
    case_number: str | None = None
    placed_at: datetime | None = moment(nullable=True)
    refusal_reason: str | None = None
    refusal_hint: str | None = None
    asked_version: int | None = None
    missing: list[dict[str, str]] | None = Field(default=None, sa_type=JSONB)
    supplement_until: datetime | None = moment(nullable=True)
    supplied_at: datetime | None = moment(nullable=True)
    proofs: list[dict[str, str]] | None = Field(default=None, sa_type=JSONB)
    urges: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    urged_at: datetime | None = moment(nullable=True)
    disputed_at: datetime | None = moment(nullable=True)


class TimelineEntry(Table, table=True):
    """One fact as an ordinary person reads it; a fact that comes twice is written once (X36).

    `position` orders what happened at the same moment: the version of what it happened to.
    """

    __tablename__ = "complaint_timeline"

    complaint_id: UUID = Field(primary_key=True, foreign_key="complaint.id")
    event_id: UUID = Field(primary_key=True)
    at: datetime = moment()
    position: int
    kind: str
    title: str
    text: str = Field(sa_type=Text)
    who: str | None = None
    until: datetime | None = moment(nullable=True)


class FollowedCase(Table, table=True):
    """What routing last said about a case; `clocks` as in the contract."""

    __tablename__ = "followed_case"

    id: UUID = Field(primary_key=True)
    version: int
    number: str
    state: str
    category: str
    category_name: str
    grade: str | None = None
    handler: str | None = None
    overdue: bool
    rulebook: str
    clocks: list[dict[str, Any]] = Field(sa_type=JSONB)
    result_code: str | None = None
    first_dispatch_at: datetime | None = moment(nullable=True)
    feedback_at: datetime | None = moment(nullable=True)
    closed_at: datetime | None = moment(nullable=True)


class Confirmation(Table, table=True):
    """The reporter's answer to one feedback; a reopened case brings another (T31, T32).

    `reason` is ciphertext.
    """

    __tablename__ = "confirmation"
    __table_args__ = (CheckConstraint("level BETWEEN 1 AND 5", name="level"),)

    complaint_id: UUID = Field(primary_key=True, foreign_key="complaint.id")
    feedback_at: datetime = moment(primary_key=True)
    solved: str
    level: int
    reason: str | None = Field(default=None, sa_type=Text)
    answered_at: datetime = moment()


class VisitRating(Table, table=True):
    """A return visit's answer; the newest version stays. `id` is the visit's, `opened_at` when the
    feedback was given that it is about, unknown of those heard of before it was kept.
    """

    __tablename__ = "visit_rating"

    id: UUID = Field(primary_key=True)
    version: int
    complaint_id: UUID = Field(index=True)
    opened_at: datetime | None = moment(nullable=True)
    solved: str | None = None
    result_level: int | None = None
    answered_at: datetime | None = moment(nullable=True)


class FilingTally(Table, table=True):
    """How often was filed from one network address within an hour; `address` is a keyed hash."""

    __tablename__ = "filing_tally"

    address: str = Field(primary_key=True)
    hour: datetime = moment(primary_key=True)
    times: int


class LastNumber(Table, table=True):
    """The last number given out in a county on a day."""

    __tablename__ = "complaint_number"

    county: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    last: int
