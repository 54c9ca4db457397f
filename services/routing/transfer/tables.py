"""Hand-overs to authorities outside the platform."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field

from services.routing.tables import Table
from shared.database import moment


class Transfer(Table, table=True):
    """`whole` ends the case, otherwise only a part leaves it (X12). `receiver` is a code of the
    rulebook, `contact` what the owner is told; `reason` and `receipt` are encrypted.
    """

    __tablename__ = "transfer"
    __table_args__ = (
        Index(
            "uq_transfer_open",
            "case_id",
            unique=True,
            postgresql_where=text("handed_over_at IS NULL"),
        ),
    )

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="cases.id", index=True)
    receiver: str
    whole: bool
    reason: str
    decided_at: datetime = moment()
    decided_by: UUID
    contact: str | None = None
    receipt: str | None = None
    handed_over_at: datetime | None = moment(nullable=True)
    handed_over_by: UUID | None = None
