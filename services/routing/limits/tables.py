"""Returns, suspensions and extensions: what was asked, by whom, and what was decided."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field

from services.routing.tables import Table
from shared.database import moment

UNDECIDED = text("decided_at IS NULL")


class CaseReturn(Table, table=True):
    """A unit's objection that the case is not its own, and the adjudication (T12, T13).

    `reason` is a code of the rulebook; `legal_basis` and `ruling` are encrypted.
    """

    __tablename__ = "case_return"
    __table_args__ = (
        Index("uq_case_return_pending", "case_id", unique=True, postgresql_where=UNDECIDED),
    )

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="cases.id", index=True)
    organisation_id: UUID = Field(index=True)
    person_id: UUID | None = None
    end: str
    display_name: str
    reason: str
    legal_basis: str
    suggested_id: UUID
    suggested_name: str
    returned_by: UUID
    returned_at: datetime = moment()
    decided_by: UUID | None = None
    decided_at: datetime | None = moment(nullable=True)
    given_to_id: UUID | None = None
    given_to_person_id: UUID | None = None
    given_to_name: str | None = None
    forced: bool | None = None
    ruling: str | None = None


class Suspension(Table, table=True):
    """A pause of a case: asked for, granted or denied, begun and ended (T27, T28, X07).

    `organisation_id` is the unit whose time stands still. `note` and `ruling` are encrypted.
    """

    __tablename__ = "suspension"
    __table_args__ = (
        Index("uq_suspension_pending", "case_id", unique=True, postgresql_where=UNDECIDED),
    )

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="cases.id", index=True)
    organisation_id: UUID
    reason: str
    note: str
    until: datetime = moment()
    asked_by: UUID
    asked_at: datetime = moment()
    decided_by: UUID | None = None
    decided_at: datetime | None = moment(nullable=True)
    granted: bool | None = None
    ruling: str | None = None
    began_at: datetime | None = moment(nullable=True)
    ended_at: datetime | None = moment(nullable=True)
    ended_by_end: str | None = None


class Extension(Table, table=True):
    """A request for more time on the clock of the result, and what the desks said (T29, X05).

    `due_at` is the due time when it was asked. `reason` and `ruling` are encrypted.
    """

    __tablename__ = "extension"
    __table_args__ = (
        Index("uq_extension_pending", "case_id", unique=True, postgresql_where=UNDECIDED),
    )

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="cases.id", index=True)
    clock: str
    days: int
    reason: str
    due_at: datetime = moment()
    asked_by: UUID
    asked_at: datetime = moment()
    endorsed_by: UUID | None = None
    endorsed_at: datetime | None = moment(nullable=True)
    decided_by: UUID | None = None
    decided_at: datetime | None = moment(nullable=True)
    granted: bool | None = None
    extended_to: datetime | None = moment(nullable=True)
    ruling: str | None = None
