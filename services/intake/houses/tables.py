"""The directory's estates as intake needs them, the register of residents, and bindings."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from services.intake.tables import Table
from shared.database import moment


class Estate(Table, table=True):
    """Copied from routing; the newest version stays."""

    __tablename__ = "estate"

    id: UUID = Field(primary_key=True)
    version: int
    display_name: str = Field(index=True)
    division: str
    households: int


class Building(Table, table=True):
    """Current while its version is its estate's: an estate's state is always whole."""

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
    """Who lives in a house according to the register; the number is known by its index only."""

    __tablename__ = "house_register"
    __table_args__ = (UniqueConstraint("house_id", "mobile_index"),)

    id: UUID = Field(primary_key=True)
    house_id: UUID
    mobile_index: str
    name: str


class Binding(Table, table=True):
    """An owner says: this is my home. `state` is a BindingState."""

    __tablename__ = "house_binding"
    __table_args__ = (UniqueConstraint("owner_id", "house_id"),)

    id: UUID = Field(primary_key=True)
    owner_id: UUID
    house_id: UUID
    estate_id: UUID
    relation: str
    state: str
    requested_at: datetime = moment()
    verified_at: datetime | None = moment(nullable=True)
    verified_by: str | None = None
