"""The directory's estates as intake needs them, the register of residents, and bindings."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.intake.tables import Table
from shared.database import moment


class Estate(Table, table=True):
    """Copied from routing; the newest version stays. `contracts` says which company serves it
    from which day to which (A03, X40); unknown of what was copied before it was told.
    """

    __tablename__ = "estate"

    id: UUID = Field(primary_key=True)
    version: int
    display_name: str = Field(index=True)
    division: str
    households: int
    contracts: list[dict[str, Any]] | None = Field(default=None, sa_type=JSONB)


class Building(Table, table=True):
    """Current while its version is its estate's: an estate's state is always whole.

    `grid_code` is the grid that covers it (B20); unknown as `Estate.contracts` may be.
    """

    __tablename__ = "building"

    id: UUID = Field(primary_key=True)
    version: int
    estate_id: UUID = Field(index=True)
    number: str
    grid_code: str | None = None


class House(Table, table=True):
    """Current while its version is its estate's."""

    __tablename__ = "house"

    id: UUID = Field(primary_key=True)
    version: int
    estate_id: UUID = Field(index=True)
    building_id: UUID
    unit: str
    room: str


class RegisteredResident(Table, table=True):
    """Who lives in a house according to the register; the number is known by its index only.

    `relation` is a Relation, where the register says one. Since `left_at` the entry is out of date:
    whoever has the number lived there, and left.
    """

    __tablename__ = "house_register"
    __table_args__ = (UniqueConstraint("house_id", "mobile_index"),)

    id: UUID = Field(primary_key=True)
    house_id: UUID
    mobile_index: str
    name: str
    relation: str | None = None
    left_at: datetime | None = moment(nullable=True)


class Binding(Table, table=True):
    """An owner says: this is my home. `state` is a BindingState.

    `verified_by` is a Voucher. `applicant_name` (how neighbours and the company know the
    applicant) and `reason` (why a desk decided so) are ciphertext. `invited_by` is the owner who
    let the person in, `decided_by` the member of staff, `until` the last day of a tenancy. Since
    `left_at`, when a verified stay ended last, the register alone vouches no more.
    """

    __tablename__ = "house_binding"
    __table_args__ = (
        UniqueConstraint("owner_id", "house_id"),
        Index("ix_house_binding_of_house", "house_id", "state"),
        Index(
            "ix_house_binding_waiting",
            "estate_id",
            "id",
            postgresql_where=text("state = 'PENDING'"),
        ),
        Index(
            "ix_house_binding_until",
            "until",
            postgresql_where=text("state = 'VERIFIED' AND until IS NOT NULL"),
        ),
    )

    id: UUID = Field(primary_key=True)
    owner_id: UUID
    house_id: UUID
    estate_id: UUID
    relation: str
    state: str
    applicant_name: str | None = None
    requested_at: datetime = moment()
    verified_at: datetime | None = moment(nullable=True)
    verified_by: str | None = None
    invited_by: UUID | None = None
    decided_by: UUID | None = None
    decided_at: datetime | None = moment(nullable=True)
    reason: str | None = None
    until: date | None = None
    ended_at: datetime | None = moment(nullable=True)
    left_at: datetime | None = moment(nullable=True)


class HomeInvitation(Table, table=True):
    """A verified owner lets somebody into a home; of the code only a keyed hash is kept."""

    __tablename__ = "home_invitation"

    id: UUID = Field(primary_key=True)
    house_id: UUID = Field(index=True)
    invited_by: UUID
    relation: str
    until: date | None = None
    code_index: str | None = Field(default=None, unique=True)
    invited_at: datetime = moment()
    expires_at: datetime = moment()
    accepted_at: datetime | None = moment(nullable=True)
    accepted_by: UUID | None = None
    withdrawn_at: datetime | None = moment(nullable=True)
