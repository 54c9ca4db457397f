"""Flags: what looks vexatious, with its evidence, until a person has decided."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, Index, Uuid, text
from sqlmodel import Field

from services.intake.tables import Table
from shared.database import moment


class AccountFlag(Table, table=True):
    """`kind` is a FlagKind, `state` a FlagState, `reason` ciphertext.

    `complaint_ids` is the evidence; anonymous and confidential complaints are never
    among it (X15, X16), and all of it is of `division`.
    """

    __tablename__ = "account_flag"
    __table_args__ = (
        Index(
            "uq_account_flag_open",
            "owner_id",
            "kind",
            unique=True,
            postgresql_where=text("state = 'OPEN'"),
        ),
        Index("ix_account_flag_raised_at_id", "raised_at", "id"),
    )

    id: UUID = Field(primary_key=True)
    owner_id: UUID
    kind: str
    state: str
    division: str
    complaint_ids: list[UUID] = Field(sa_type=ARRAY(Uuid))
    raised_at: datetime = moment()
    reason: str | None = None
    decided_by: UUID | None = None
    decided_at: datetime | None = moment(nullable=True)
