"""Unsent complaints."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, Uuid
from sqlmodel import Field

from services.intake.tables import Table
from shared.database import moment


class ComplaintDraft(Table, table=True):
    """`content` is ciphertext, and absent once the draft was filed as `complaint_id`.

    `attachments` names the files that must not be cleared away while the draft waits.
    """

    __tablename__ = "complaint_draft"

    id: UUID = Field(primary_key=True)
    owner_id: UUID = Field(index=True)
    version: int
    content: str | None = None
    attachments: list[UUID] = Field(sa_type=ARRAY(Uuid))
    created_at: datetime = moment()
    changed_at: datetime = moment(index=True)
    complaint_id: UUID | None = None
