"""What is known of a file; its content lies in the store."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger
from sqlmodel import Field

from services.intake.tables import Table
from shared.database import moment


class Attachment(Table, table=True):
    """`state` is an AttachmentState, `kind` an AttachmentKind; `key` locks the content, and is
    ciphertext itself.

    `uploaded_by` is whoever sent it, `complaint_id` what it was attached to. `declared_size` and
    `sha256` are of what was sent; `media_type` and `size` of what is kept.
    """

    __tablename__ = "attachment"

    id: UUID = Field(primary_key=True)
    uploaded_by: UUID = Field(index=True)
    state: str
    kind: str
    declared_size: int = Field(sa_type=BigInteger)
    sha256: str | None = None
    media_type: str | None = None
    size: int | None = Field(default=None, sa_type=BigInteger)
    key: str
    complaint_id: UUID | None = Field(default=None, index=True)
    started_at: datetime = moment(index=True)
    finished_at: datetime | None = moment(nullable=True)
    attached_at: datetime | None = moment(nullable=True)
