"""Owners: one account per WeChat identity, contacts encrypted by field."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from services.intake.tables import Table
from shared.database import moment


class Owner(Table, table=True):
    """`openid` and `mobile` are ciphertext; the `_index` beside each finds it again.

    `privacy_version` is the notice agreed to last, at `privacy_at`; `guardian_missing` is set while
    somebody under fourteen has named no guardian (X41).
    """

    __tablename__ = "owner"

    id: UUID = Field(primary_key=True)
    version: int
    openid: str
    openid_index: str = Field(unique=True)
    mobile: str | None = None
    mobile_index: str | None = Field(default=None, index=True)
    active: bool = True
    registered_at: datetime = moment()
    privacy_version: str | None = None
    privacy_at: datetime | None = moment(nullable=True)
    guardian_missing: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
