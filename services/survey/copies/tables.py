"""The newest known state of other services' aggregates, as far as survey needs it."""

from __future__ import annotations

from uuid import UUID

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
