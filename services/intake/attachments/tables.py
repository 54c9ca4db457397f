"""What is known of a file; its content lies in the store."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field

from services.intake.tables import Table
from shared.database import moment


class Attachment(Table, table=True):
    """`state` is an AttachmentState, `kind` an AttachmentKind; `key` locks the content, and is
    ciphertext itself.

    `uploaded_by` is whoever sent it, `complaint_id` what it was attached to. `declared_size` and
    `sha256` are of what was sent; `media_type` and `size` of what is kept. `content` names the
    content in the store: whoever finishes a file a second time writes another one beside it.
    `refusal` is the code of why it was not taken.
    """

    __tablename__ = "attachment"
    __table_args__ = (
        Index(
            "ix_attachment_unattached",
            "started_at",
            postgresql_where=text("complaint_id IS NULL"),
        ),
    )

    id: UUID = Field(primary_key=True)
    uploaded_by: UUID = Field(index=True)
    state: str
    kind: str
    declared_size: int = Field(sa_type=BigInteger)
    sha256: str | None = None
    media_type: str | None = None
    size: int | None = Field(default=None, sa_type=BigInteger)
    key: str
    content: UUID | None = None
    refusal: str | None = None
    complaint_id: UUID | None = Field(default=None, index=True)
    started_at: datetime = moment(index=True)
    finished_at: datetime | None = moment(nullable=True)
    attached_at: datetime | None = moment(nullable=True)


class AttachmentTally(Table, table=True):
    """What one account began to upload on a day, also what it has deleted since."""

    __tablename__ = "attachment_tally"

    uploaded_by: UUID = Field(primary_key=True)
    day: date = Field(primary_key=True)
    files: int
    bytes: int = Field(sa_type=BigInteger)
