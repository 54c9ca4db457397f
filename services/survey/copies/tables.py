"""The newest known state of other services' aggregates, as far as survey needs it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.survey.tables import Table


class ComplaintCopy(Table, table=True):
    """Who may be asked about a complaint; nobody when it is anonymous (X15)."""

    __tablename__ = "complaint_copy"

    id: UUID = Field(primary_key=True)
    version: int
    number: str
    state: str
    owner_id: UUID | None
    anonymous: bool


class CaseCopy(Table, table=True):
    __tablename__ = "case_copy"

    id: UUID = Field(primary_key=True)
    version: int
    state: str


class EstateCopy(Table, table=True):
    """`contracts` says which company serves it from which day to which (A03); `community` is the
    code of twelve digits of its buildings.
    """

    __tablename__ = "estate_copy"

    id: UUID = Field(primary_key=True)
    version: int
    display_name: str
    division: str
    contracts: list[dict[str, Any]] = Field(sa_type=JSONB)
    community: str | None = None


class HouseCopy(Table, table=True):
    """Current while its version is its estate's: an estate's state is always whole. `building_id`
    is known of estates that were told of since it is kept.
    """

    __tablename__ = "house_copy"

    id: UUID = Field(primary_key=True)
    version: int
    estate_id: UUID = Field(index=True)
    grid_code: str
    building: str
    building_id: UUID | None = Field(default=None, index=True)
    unit: str
    room: str


class HomesCopy(Table, table=True):
    """The verified homes of an owner: house, estate, relation (E29, E30)."""

    __tablename__ = "homes_copy"

    id: UUID = Field(primary_key=True)
    version: int
    homes: list[dict[str, Any]] = Field(sa_type=JSONB)


class DivisionCopy(Table, table=True):
    """A division by its code of 4, 6, 9 or 12 digits; `level` is CITY, COUNTY, STREET …"""

    __tablename__ = "division_copy"

    id: UUID = Field(primary_key=True)
    version: int
    code: str = Field(index=True)
    name: str
    level: str
    parent_code: str | None
    valid_from: date
    valid_to: date | None


class OrganisationCopy(Table, table=True):
    """Who it is and where; a company is found by its credit code, `staff_count` is known of street
    property offices (A15).
    """

    __tablename__ = "organisation_copy"

    id: UUID = Field(primary_key=True)
    version: int
    kind: str
    specialty: str | None
    level: str
    division: str = Field(index=True)
    display_name: str
    parent_id: UUID | None
    credit_code: str | None = Field(index=True)
    staff_count: int | None
    active: bool
