"""The newest known state of other services' aggregates, as far as survey needs it."""

from __future__ import annotations

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
    """`contracts` says which company serves it from which day to which (A03)."""

    __tablename__ = "estate_copy"

    id: UUID = Field(primary_key=True)
    version: int
    display_name: str
    division: str
    contracts: list[dict[str, Any]] = Field(sa_type=JSONB)


class HouseCopy(Table, table=True):
    """Current while its version is its estate's: an estate's state is always whole."""

    __tablename__ = "house_copy"

    id: UUID = Field(primary_key=True)
    version: int
    estate_id: UUID = Field(index=True)
    grid_code: str
    building: str
    unit: str
    room: str


class HomesCopy(Table, table=True):
    """The verified homes of an owner: house, estate, relation (E29, E30)."""

    __tablename__ = "homes_copy"

    id: UUID = Field(primary_key=True)
    version: int
    homes: list[dict[str, Any]] = Field(sa_type=JSONB)
