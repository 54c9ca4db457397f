"""Bulletins as stored: what it is about, and its editions; a published one is never changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Index, LargeBinary, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.survey.bulletins.domain.content import Kind
from services.survey.bulletins.domain.lifecycle import EditionStatus
from services.survey.tables import Table
from shared.database import moment


class Bulletin(Table, table=True):
    """One per kind, period and place; `division` has four digits for the city, six for a county."""

    __tablename__ = "bulletin"
    __table_args__ = (Index("uq_bulletin_about", "kind", "period", "division", unique=True),)

    id: UUID = Field(primary_key=True)
    version: int = 1
    kind: Kind = Field(sa_type=Text)
    period: str
    division: str


class Edition(Table, table=True):
    """`content` is the canonical form, `sha256` its hash; `gathered` what it was computed from.

    `authors` drafted or edited it and so do not approve it. `reason` says why the former edition is
    corrected, `returned_because` why the draft came back.
    """

    __tablename__ = "bulletin_edition"
    __table_args__ = (
        Index(
            "uq_bulletin_edition_number",
            "bulletin_id",
            "number",
            unique=True,
            postgresql_where=text("state <> 'WITHDRAWN'"),
        ),
        Index(
            "uq_bulletin_edition_under_way",
            "bulletin_id",
            unique=True,
            postgresql_where=text("state IN ('DRAFT', 'APPROVED')"),
        ),
    )

    id: UUID = Field(primary_key=True)
    version: int = 1
    bulletin_id: UUID = Field(foreign_key="bulletin.id", index=True)
    number: int
    state: EditionStatus = Field(default=EditionStatus.DRAFT, sa_type=Text)
    reason: str | None = None
    rulebook: str
    gathered: dict[str, Any] = Field(sa_type=JSONB)
    notes: dict[str, list[str]] = Field(sa_type=JSONB)
    content: bytes = Field(sa_type=LargeBinary)
    sha256: str
    authors: list[UUID] = Field(sa_type=ARRAY(Uuid))
    drafted_at: datetime = moment()
    approved_by: UUID | None = None
    approved_at: datetime | None = moment(nullable=True)
    returned_because: str | None = None
    published_by: UUID | None = None
    published_at: datetime | None = moment(nullable=True)
