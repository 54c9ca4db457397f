"""What desks keep: saved views, previews of bulk actions, standard texts."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.routing.tables import Table
from shared.database import moment


class SavedView(Table, table=True):
    """A filter with a name. `organisation_id` is set while it is shared with colleagues."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("person_id", "name"),)

    id: UUID = Field(primary_key=True)
    person_id: UUID
    organisation_id: UUID | None = Field(default=None, index=True)
    name: str
    filter: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    sort: str
    changed_at: datetime = moment()


class BulkPreview(Table, table=True):
    """What a bulk action would do, case by case, and what it did once it was executed.

    `parameters` is encrypted JSON: replies and notes are free text.
    """

    __tablename__ = "bulk_preview"

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(index=True)
    action: str
    parameters: str
    items: list[dict[str, Any]] = Field(sa_column=Column(JSONB, nullable=False))
    results: list[dict[str, Any]] | None = Field(
        default=None, sa_column=Column(JSONB(none_as_null=True))
    )
    created_at: datetime = moment()
    executed_at: datetime | None = moment(nullable=True)


class StandardText(Table, table=True):
    """A wording for many cases (规范用语), of one organisation or for all desks of a division.

    `version` is the newest of its versions; a withdrawn text is offered no more.
    """

    __tablename__ = "standard_text"

    id: UUID = Field(primary_key=True)
    organisation_id: UUID | None = Field(default=None, index=True)
    division: str | None = Field(default=None, index=True)
    purpose: str
    title: str
    version: int
    withdrawn_at: datetime | None = moment(nullable=True)


class StandardTextVersion(Table, table=True):
    """A wording as it was at a time; it names nobody and stays."""

    __tablename__ = "standard_text_version"

    text_id: UUID = Field(primary_key=True, foreign_key="standard_text.id")
    version: int = Field(primary_key=True)
    body: str
    written_by: UUID
    written_at: datetime = moment()
