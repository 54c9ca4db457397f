"""Keys of integrating organisations, and the callbacks already answered."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from services.routing.tables import Table
from shared.database import moment


class IntegrationKey(Table, table=True):
    """What an organisation signs with: a public key, or a shared secret; `key` is encrypted."""

    __tablename__ = "integration_key"

    id: UUID = Field(primary_key=True)
    organisation_id: UUID = Field(index=True)
    key: str
    created_at: datetime = moment()
    ended_at: datetime | None = moment(nullable=True)


class ReceivedCallback(Table, table=True):
    """A callback that took effect, with what we answered; the same id is answered the same."""

    __tablename__ = "received_callback"

    organisation_id: UUID = Field(primary_key=True)
    webhook_id: str = Field(primary_key=True)
    fingerprint: str
    received_at: datetime = moment()
    answer: str | None = None
