"""What is kept of work in the field: operations, contacts, persuasions, photographs."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from services.routing.tables import Table
from shared.database import moment


class FieldOperation(Table, table=True):
    """An operation that was applied, under the id its device gave it, with the answer.

    Kept for good: a telephone may lie in a drawer and send it all again.
    """

    __tablename__ = "field_operation"

    actor_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    kind: str
    fingerprint: str
    made_at: datetime = moment()
    received_at: datetime = moment()
    case_id: UUID | None = Field(default=None, index=True)
    answer: str | None = None


class CaseContact(Table, table=True):
    """An attempt to reach a household (X22): the house, never a name; `note` is encrypted."""

    __tablename__ = "case_contact"

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="cases.id", index=True)
    side: str
    house_id: UUID | None = None
    at: datetime = moment()
    means: str
    reached: bool
    note: str | None = None
    recorded_by: UUID
    recorded_at: datetime = moment()


class Persuasion(Table, table=True):
    """Somebody was talked to (X43): `persons`, `place` and `what` are encrypted."""

    __tablename__ = "persuasion"

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="cases.id", index=True)
    at: datetime = moment()
    place: str | None = None
    persons: str
    what: str
    heeded: bool
    recorded_by: UUID
    recorded_at: datetime = moment()


class FieldPhoto(Table, table=True):
    """A photograph that has arrived; its content lies in a file, locked with `key` (encrypted).

    `sha256` is of what was sent, `size` of the picture that was kept.
    """

    __tablename__ = "field_photo"

    actor_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    sha256: str
    media_type: str
    size: int
    key: str
    arrived_at: datetime = moment()


class PhotoMention(Table, table=True):
    """A record of the case names a photograph of the same person; it may arrive later."""

    __tablename__ = "photo_mention"

    case_id: UUID = Field(foreign_key="cases.id", primary_key=True)
    actor_id: UUID = Field(primary_key=True)
    photo_id: UUID = Field(primary_key=True)
    kind: str
    taken_at: datetime = moment()
