"""What routing knows of divisions, organisations, grids, estates, contracts and staff."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, Text, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field

from services.routing.directory.domain.periods import Period
from services.routing.tables import Table
from shared.database import moment

ONE_PER_DIVISION = text("active AND kind NOT IN ('COMPANY', 'AGENCY', 'UTILITY')")


class Division(Table, table=True):
    """A division (行政区划). Codes change by year: one row per code and period."""

    __tablename__ = "division"
    __table_args__ = (UniqueConstraint("code", "valid_from"),)

    id: UUID = Field(primary_key=True)
    version: int = 1
    code: str
    name: str
    level: str
    parent_code: str | None = Field(default=None, index=True)
    valid_from: date
    valid_to: date | None = None
    demo: bool = False


class Organisation(Table, table=True):
    """An organisation; `specialty` is its code in the rulebook's `organisations`."""

    __tablename__ = "organisation"
    __table_args__ = (
        Index(
            "uq_organisation_seat",
            "kind",
            "specialty",
            "division",
            unique=True,
            postgresql_where=ONE_PER_DIVISION,
        ),
        Index("ix_organisation_division_specialty", "division", "specialty"),
    )

    id: UUID = Field(primary_key=True)
    version: int = 1
    kind: str
    specialty: str
    level: str
    division: str
    display_name: str
    parent_id: UUID | None = None
    court_code: str | None = Field(default=None, unique=True)
    credit_code: str | None = Field(default=None, unique=True)
    staff_count: int | None = None
    active: bool = True
    demo: bool = False


class Grid(Table, table=True):
    """A grid (网格) of one community."""

    __tablename__ = "grid"

    id: UUID = Field(primary_key=True)
    version: int = 1
    code: str = Field(unique=True)
    community_id: UUID = Field(foreign_key="organisation.id", index=True)
    leader_id: UUID | None = Field(default=None, index=True)


class GridWorker(Table, table=True):
    """A worker of a grid; the one with the lowest `position` is asked first."""

    __tablename__ = "grid_worker"

    grid_id: UUID = Field(foreign_key="grid.id", primary_key=True)
    staff_id: UUID = Field(foreign_key="staff.id", primary_key=True, index=True)
    position: int


class Estate(Table, table=True):
    """An estate (小区) in a street (`division`, nine digits) and a community of it.

    `changes_on` is the next day on which a building has another grid or the estate another company.
    """

    __tablename__ = "estate"

    id: UUID = Field(primary_key=True)
    version: int = 1
    display_name: str
    division: str = Field(index=True)
    community_id: UUID = Field(foreign_key="organisation.id", index=True)
    kind: str
    households: int
    changes_on: date | None = Field(default=None, index=True)
    demo: bool = False


class Building(Table, table=True):
    __tablename__ = "building"
    __table_args__ = (UniqueConstraint("estate_id", "number"),)

    id: UUID = Field(primary_key=True)
    estate_id: UUID = Field(foreign_key="estate.id")
    number: str


class House(Table, table=True):
    """`area` in square metres."""

    __tablename__ = "house"
    __table_args__ = (UniqueConstraint("building_id", "unit", "room"),)

    id: UUID = Field(primary_key=True)
    building_id: UUID = Field(foreign_key="building.id")
    unit: str
    room: str
    area: float


class Coverage(Table, table=True):
    """The grid that covers a building from a day on, until the next row begins (B20)."""

    __tablename__ = "building_coverage"

    building_id: UUID = Field(foreign_key="building.id", primary_key=True)
    valid_from: date = Field(primary_key=True)
    grid_id: UUID = Field(foreign_key="grid.id", index=True)


class ServiceContract(Table, table=True):
    """A company serves an estate from a day to another, both included (A03).

    `replaces_id` is the contract that it follows by agreement; `handover` is ciphertext (X40).
    """

    __tablename__ = "service_contract"
    __table_args__ = (UniqueConstraint("estate_id", "valid_from"),)

    id: UUID = Field(primary_key=True)
    estate_id: UUID = Field(foreign_key="estate.id")
    company_id: UUID = Field(foreign_key="organisation.id", index=True)
    kind: str
    valid_from: date
    valid_to: date | None = None
    replaces_id: UUID | None = Field(default=None, foreign_key="service_contract.id")
    handover: str | None = None


class Staff(Table, table=True):
    """A staff account. Contacts and the second factor are ciphertext (table, id, column).

    `roles` and `interests` are those of the day, taken from what was granted and recorded;
    `changes_on` is the next day on which they are others.
    """

    __tablename__ = "staff"

    id: UUID = Field(primary_key=True)
    version: int = 1
    account: str = Field(unique=True)
    display_name: str
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    end: str
    roles: list[str] = Field(sa_type=ARRAY(Text))
    divisions: list[str] = Field(sa_type=ARRAY(Text))
    estate_ids: list[UUID] = Field(sa_type=ARRAY(Uuid))
    interests: list[UUID] = Field(sa_type=ARRAY(Uuid))
    changes_on: date | None = Field(default=None, index=True)
    password_hash: str
    totp_secret: str | None = None
    totp_enabled: bool = False
    totp_step: int | None = None
    openid: str | None = None
    mobile: str | None = None
    active: bool = True
    demo: bool = False


class RoleGrant(Table, table=True):
    """A role somebody holds from a day to another, both included, unless it was withdrawn."""

    __tablename__ = "role_grant"

    id: UUID = Field(primary_key=True)
    staff_id: UUID = Field(foreign_key="staff.id", index=True)
    role: str
    valid_from: date
    valid_to: date | None = None
    granted_by: UUID
    granted_at: datetime = moment()
    withdrawn_at: datetime | None = moment(nullable=True)

    @property
    def period(self) -> Period:
        return Period(self.valid_from, self.valid_to)


class Interest(Table, table=True):
    """A company, committee or house in which somebody has a stake (A13), and who said so."""

    __tablename__ = "interest"

    id: UUID = Field(primary_key=True)
    staff_id: UUID = Field(foreign_key="staff.id", index=True)
    kind: str
    subject_id: UUID
    source: str
    valid_from: date
    valid_to: date | None = None
    recorded_by: UUID
    recorded_at: datetime = moment()
    withdrawn_at: datetime | None = moment(nullable=True)

    @property
    def period(self) -> Period:
        return Period(self.valid_from, self.valid_to)


class Invitation(Table, table=True):
    """An account that waits for its person; of the code only a hash is kept."""

    __tablename__ = "invitation"

    id: UUID = Field(primary_key=True)
    staff_id: UUID = Field(foreign_key="staff.id", unique=True)
    code_hash: bytes | None = None
    failures: int = 0
    invited_by: UUID
    invited_at: datetime = moment()
    expires_at: datetime | None = moment(nullable=True)
    accepted_at: datetime | None = moment(nullable=True)
    withdrawn_at: datetime | None = moment(nullable=True)


class Mediator(Table, table=True):
    """A mediator of the committee that employs this member of staff; the number is ciphertext."""

    __tablename__ = "mediator"

    staff_id: UUID = Field(foreign_key="staff.id", primary_key=True)
    full_time: bool
    certificate_kind: str | None = None
    certificate_number: str | None = None


class ImportDraft(Table, table=True):
    """A sheet that was looked at: its rows as ciphertext, and what it would change.

    `outcome` is the fingerprint of all of that: confirmed is what was seen, or nothing.
    """

    __tablename__ = "import_draft"

    id: UUID = Field(primary_key=True)
    kind: str
    made_by: UUID = Field(index=True)
    made_at: datetime = moment()
    expires_at: datetime = moment()
    rows: str
    outcome: str
    preview: dict[str, Any] = Field(sa_type=JSONB)
    applied_at: datetime | None = moment(nullable=True)
