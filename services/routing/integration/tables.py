"""Keys of integrating organisations, and the callbacks already answered."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from services.routing.tables import Table
from shared.database import moment


class IntegrationKey(Table, table=True):
    """What an organisation signs with: a public key, or a shared secret.

    `key` and `description` are encrypted.
    """

    __tablename__ = "integration_key"

    id: UUID = Field(primary_key=True)
    organisation_id: UUID = Field(index=True)
    key: str
    description: str | None = None
    created_at: datetime = moment()
    ended_at: datetime | None = moment(nullable=True)


class ReceivedCallback(Table, table=True):
    """A callback that took effect, with what we answered; the same id is answered the same.

    `key_id` is the key that signed it, unknown of the oldest.
    """

    __tablename__ = "received_callback"
    __table_args__ = (Index("ix_received_callback_key", "key_id", "received_at"),)

    organisation_id: UUID = Field(primary_key=True)
    webhook_id: str = Field(primary_key=True)
    fingerprint: str
    received_at: datetime = moment()
    key_id: UUID | None = None
    answer: str | None = None
