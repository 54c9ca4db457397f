"""Systems that may file, and where estates lie on the map."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from services.intake.tables import Table
from shared.database import moment


class Open311Client(Table, table=True):
    """A system with an API key, of which only the hash is known. `hourly` replaces the rulebook's
    number of complaints an hour.
    """

    __tablename__ = "open311_client"

    id: UUID = Field(primary_key=True)
    name: str
    key_hash: str = Field(unique=True)
    hourly: int | None = None
    created_at: datetime = moment()
    revoked_at: datetime | None = moment(nullable=True)


class EstateLocation(Table, table=True):
    """The middle of an estate, in degrees (WGS84)."""

    __tablename__ = "estate_location"

    estate_id: UUID = Field(primary_key=True)
    latitude: float = Field(index=True)
    longitude: float
    changed_at: datetime = moment()
    changed_by: UUID
