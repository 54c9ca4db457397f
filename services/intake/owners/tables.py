"""Owners: one account per WeChat identity, contacts encrypted by field; consent and guardians."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field

from services.intake.tables import Table
from shared.database import moment


class Owner(Table, table=True):
    """`openid` and `mobile` are ciphertext; the `_index` beside each finds it again. Both are gone
    once the account was erased, at `erased_at`.

    `privacy_version` is the notice agreed to last, at `privacy_at`; `age_band` an AgeBand, said
    then; `guardian_missing` is set while somebody under fourteen has named no guardian (X41);
    `to_tell` while the worker has still to say the account once more.
    """

    __tablename__ = "owner"
    __table_args__ = (Index("ix_owner_to_tell", "id", postgresql_where=text("to_tell")),)

    id: UUID = Field(primary_key=True)
    version: int
    openid: str | None = None
    openid_index: str | None = Field(default=None, unique=True)
    mobile: str | None = None
    mobile_index: str | None = Field(default=None, index=True)
    active: bool = True
    registered_at: datetime = moment()
    privacy_version: str | None = None
    privacy_at: datetime | None = moment(nullable=True)
    age_band: str | None = None
    guardian_missing: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    erased_at: datetime | None = moment(nullable=True)
    to_tell: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})


class PrivacyConsent(Table, table=True):
    """A notice was agreed to, or the agreement taken back (`given` false). Never changed: it
    proves what was allowed when, by an id that leads to nobody once the account is erased.
    """

    __tablename__ = "privacy_consent"

    id: UUID = Field(primary_key=True)
    owner_id: UUID = Field(index=True)
    version: str
    given: bool
    age_band: str | None = None
    at: datetime = moment()


class Guardian(Table, table=True):
    """Who answers for somebody under fourteen (X41); `name` and `mobile` are ciphertext."""

    __tablename__ = "guardian"

    owner_id: UUID = Field(primary_key=True)
    name: str
    mobile: str
    relation: str
    filed_at: datetime = moment()


class SmsCode(Table, table=True):
    """A code that was asked for (P29). Number, address and code are keyed hashes.

    `state` is a CodeState: what is known of the message. `purpose` binds the code to what it is
    good for.
    """

    __tablename__ = "sms_code"
    __table_args__ = (
        Index("ix_sms_code_mobile_index", "mobile_index", "requested_at"),
        Index("ix_sms_code_address", "address", "requested_at"),
    )

    id: UUID = Field(primary_key=True)
    mobile_index: str
    address: str | None = None
    purpose: str
    code_index: str
    state: str
    guesses: int = 0
    requested_at: datetime = moment(index=True)
    expires_at: datetime = moment()
    used_at: datetime | None = moment(nullable=True)
